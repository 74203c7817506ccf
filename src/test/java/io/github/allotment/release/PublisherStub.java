package io.github.allotment.release;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The part of <a href="https://central.sonatype.org/publish/publish-portal-api/">Central's
 * publisher API</a> that a deployment calls: one upload, then its status until it is judged.
 */
final class PublisherStub implements AutoCloseable {

  private static final String DEPLOYMENT = "11111111-2222-3333-4444-555555555555";

  private final HttpServer server;
  private final BundleCheck check;
  private final String token;
  private final List<String> problems = new ArrayList<>();
  private byte[] bundle = {};
  private int asked;

  private PublisherStub(HttpServer server, BundleCheck check, String token) {
    this.server = server;
    this.check = check;
    this.token = token;
  }

  /** Listens on a free port of the loopback interface only. */
  static PublisherStub start(BundleCheck check, String user, String password) throws IOException {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    byte[] account = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    PublisherStub stub =
        new PublisherStub(
            HttpServer.create(free, 0), check, Base64.getEncoder().encodeToString(account));
    stub.server.createContext("/", stub::answer);
    stub.server.start();
    return stub;
  }

  String url() {
    InetSocketAddress address = server.getAddress();
    return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  /** The uploaded bundle, empty if there was none. */
  synchronized byte[] bundle() {
    return bundle.clone();
  }

  synchronized List<String> problems() {
    return List.copyOf(problems);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    if (!isAllowed(exchange)) {
      reply(exchange, 401, "");
    } else if (call.equals("POST /api/v1/publisher/upload") && bundle.length == 0) {
      bundle = onlyPart(body, exchange.getRequestHeaders().getFirst("Content-Type"));
      judge();
      reply(exchange, 201, DEPLOYMENT);
    } else if (call.equals("POST /api/v1/publisher/status")) {
      reply(exchange, 200, status());
    } else {
      problems.add("unexpected call: " + call);
      reply(exchange, 400, "");
    }
  }

  private boolean isAllowed(HttpExchange exchange) {
    List<String> given = exchange.getRequestHeaders().getOrDefault("Authorization", List.of());
    return given.equals(List.of("Bearer " + token)) || given.equals(List.of("UserToken " + token));
  }

  private void judge() throws IOException {
    try {
      problems.addAll(check.problems(BundleCheck.unzip(bundle)));
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** The first answer is always that it is not done yet. */
  private String status() {
    asked++;
    String judged = problems.isEmpty() ? "VALIDATED" : "FAILED";
    String errors =
        problems.stream()
            .map(problem -> '"' + problem.replace('\\', '/').replace('"', '\'') + '"')
            .collect(Collectors.joining(","));
    return """
        {"deploymentId":"%s","deploymentName":"rehearsal","deploymentState":"%s","purls":[],\
        "errors":{"bundle":[%s]}}"""
        .formatted(DEPLOYMENT, asked == 1 ? "VALIDATING" : judged, errors);
  }

  private static void reply(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** The content of the only part of a multipart body (RFC 2046, section 5.1). */
  static byte[] onlyPart(byte[] body, String contentType) {
    String boundary = contentType.replaceFirst(".*boundary=\"?([^\";]+).*", "$1");
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int start = text.indexOf("\r\n\r\n") + 4;
    int end = text.lastIndexOf("\r\n--" + boundary + "--");
    String part = text.substring(start, end);
    if (!text.startsWith("--" + boundary) || part.contains("\r\n--" + boundary)) {
      throw new IllegalArgumentException("not one part");
    }
    return part.getBytes(StandardCharsets.ISO_8859_1);
  }
}
