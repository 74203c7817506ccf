package io.github.allotment.release;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** A published POM, and what it and the bill of materials beside it must say. */
final class Description {

  /** What Maven Central asks for, beside the coordinates. */
  private static final List<String> REQUIRED =
      List.of(
          "name",
          "description",
          "url",
          "licenses/license/name",
          "licenses/license/url",
          "developers/developer/name",
          "developers/developer/organization",
          "developers/developer/organizationUrl",
          "scm/connection",
          "scm/developerConnection",
          "scm/url");

  private final Document pom;
  private final XPath paths = XPathFactory.newInstance().newXPath();

  private Description(Document pom) {
    this.pom = pom;
  }

  static Description of(byte[] pom) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return new Description(builder.parse(new ByteArrayInputStream(pom)));
    } catch (ParserConfigurationException | SAXException malformed) {
      throw new IOException("the POM cannot be read", malformed);
    }
  }

  List<String> problems(String group, String artifact, String version) throws IOException {
    List<String> problems = new ArrayList<>();
    String coordinates = at("groupId") + ":" + at("artifactId") + ":" + at("version");
    if (!coordinates.equals(group + ":" + artifact + ":" + version)) {
      problems.add("the POM is of " + coordinates);
    }
    for (String path : REQUIRED) {
      if (at(path).isEmpty()) {
        problems.add("the POM does not say " + path);
      }
    }
    for (String path : List.of("repositories", "pluginRepositories", "parent")) {
      if (!at(path).isEmpty()) {
        problems.add("the POM must not have " + path);
      }
    }
    return problems;
  }

  /** The bill lists what the library needs to run, and nothing that only its tests need. */
  List<String> problemsOfBill(String name, String bill) throws IOException {
    List<String> problems = new ArrayList<>();
    for (String dependency : dependencies("not(scope)")) {
      if (!bill.contains("pkg:maven/" + dependency + "@")) {
        problems.add("not listed in " + name + ": " + dependency);
      }
    }
    for (String dependency : dependencies("scope='test'")) {
      if (bill.contains("pkg:maven/" + dependency + "@")) {
        problems.add("listed in " + name + " and not needed: " + dependency);
      }
    }
    return problems;
  }

  private List<String> dependencies(String condition) throws IOException {
    try {
      String path = "/project/dependencies/dependency[" + condition + "]";
      NodeList nodes = (NodeList) paths.evaluate(path, pom, XPathConstants.NODESET);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        String group = paths.evaluate("groupId", nodes.item(i));
        names.add(group + "/" + paths.evaluate("artifactId", nodes.item(i)));
      }
      return names;
    } catch (XPathExpressionException e) {
      throw new IOException(e);
    }
  }

  private String at(String path) throws IOException {
    try {
      return paths.evaluate("/project/" + path, pom).strip();
    } catch (XPathExpressionException e) {
      throw new IOException(e);
    }
  }
}
