package io.github.allotment.release;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** As much of OpenPGP (RFC 4880) as keys and detached signatures by RSA need. */
final class OpenPgp {

  static final int SIGNATURE = 2;
  static final int SECRET_KEY = 5;
  static final int PUBLIC_KEY = 6;
  static final int USER_ID = 13;

  static final int VERSION = 4;
  static final int RSA = 1;
  static final int OF_A_FILE = 0x00;
  static final int OF_A_USER_ID = 0x13;

  private OpenPgp() {}

  /** A packet of a message (section 4). */
  static final class Packet {

    private final int tag;
    private final byte[] body;

    Packet(int tag, byte[] body) {
      this.tag = tag;
      this.body = body.clone();
    }

    int tag() {
      return tag;
    }

    byte[] body() {
      return body.clone();
    }

    byte[] bytes() {
      ByteBuffer bytes = ByteBuffer.allocate(body.length + 6);
      bytes.put((byte) (0xC0 | tag)).put((byte) 0xFF).putInt(body.length).put(body);
      return bytes.array();
    }
  }

  /** Writes packets as text (section 6). */
  static String armored(String kind, List<Packet> packets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    packets.forEach(packet -> bytes.writeBytes(packet.bytes()));
    Base64.Encoder encoder = Base64.getMimeEncoder(64, new byte[] {'\n'});
    return "-----BEGIN PGP %s-----\n\n%s\n=%s\n-----END PGP %s-----\n"
        .formatted(
            kind,
            encoder.encodeToString(bytes.toByteArray()),
            encoder.encodeToString(checksum(bytes.toByteArray())),
            kind);
  }

  /** The checksum of a text's bytes (section 6.1). */
  private static byte[] checksum(byte[] bytes) {
    int sum = 0xB704CE;
    for (byte next : bytes) {
      sum ^= (next & 0xFF) << 16;
      for (int i = 0; i < 8; i++) {
        sum <<= 1;
        sum ^= (sum & 0x1000000) == 0 ? 0 : 0x1864CFB;
      }
    }
    return new byte[] {(byte) (sum >> 16), (byte) (sum >> 8), (byte) sum};
  }

  /** Reads packets from text. */
  static List<Packet> packets(String armored) {
    String text =
        armored
            .strip()
            .lines()
            .dropWhile(line -> !line.isBlank())
            .filter(line -> !line.startsWith("-----") && !line.startsWith("="))
            .collect(Collectors.joining());
    ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text.strip()));
    List<Packet> packets = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int first = octet(bytes);
      boolean newForm = (first & 0x40) != 0;
      int tag = newForm ? first & 0x3F : (first & 0x3F) >> 2;
      int length = newForm ? newLength(bytes) : oldLength(bytes, first & 3);
      packets.add(new Packet(tag, take(bytes, length)));
    }
    return packets;
  }

  private static int newLength(ByteBuffer bytes) {
    int first = octet(bytes);
    if (first < 192) {
      return first;
    }
    return first == 255 ? bytes.getInt() : ((first - 192) << 8) + octet(bytes) + 192;
  }

  private static int oldLength(ByteBuffer bytes, int octets) {
    return switch (octets) {
      case 0 -> octet(bytes);
      case 1 -> bytes.getShort() & 0xFFFF;
      case 2 -> bytes.getInt();
      default -> throw new IllegalArgumentException("a packet without a length");
    };
  }

  private static int octet(ByteBuffer bytes) {
    return bytes.get() & 0xFF;
  }

  private static byte[] take(ByteBuffer bytes, int length) {
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }

  /** A number with its length in bits in front (section 3.2). */
  static byte[] number(BigInteger value) {
    int length = (value.bitLength() + 7) / 8;
    byte[] magnitude = value.toByteArray();
    ByteBuffer bytes = ByteBuffer.allocate(length + 2);
    bytes.putShort((short) value.bitLength());
    bytes.put(magnitude, magnitude.length - length, length);
    return bytes.array();
  }

  private static BigInteger number(ByteBuffer bytes) {
    int bits = bytes.getShort() & 0xFFFF;
    return new BigInteger(1, take(bytes, (bits + 7) / 8));
  }

  /** The key of the first packet, which is a public key (section 5.5.2). */
  static RSAPublicKey publicKey(String armored) throws GeneralSecurityException {
    Packet packet = packets(armored).get(0);
    ByteBuffer body = ByteBuffer.wrap(packet.body());
    int version = octet(body);
    body.getInt();
    if (packet.tag() != PUBLIC_KEY || version != VERSION || octet(body) != RSA) {
      throw new GeneralSecurityException("not a public RSA key of version 4");
    }
    RSAPublicKeySpec numbers = new RSAPublicKeySpec(number(body), number(body));
    return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(numbers);
  }

  /** What is appended to the data before it is signed (section 5.2.4). */
  static byte[] trailer(byte[] hashed) {
    ByteBuffer trailer = ByteBuffer.allocate(hashed.length + 6);
    trailer.put(hashed).put((byte) VERSION).put((byte) 0xFF).putInt(hashed.length);
    return trailer.array();
  }

  /** Whether a text is one detached signature of a file's bytes by a key (section 5.2.3). */
  static boolean verifies(String armored, byte[] data, RSAPublicKey key) {
    try {
      List<Packet> packets = packets(armored);
      return packets.size() == 1
          && packets.get(0).tag() == SIGNATURE
          && verifies(packets.get(0).body(), data, key);
    } catch (GeneralSecurityException | RuntimeException malformed) {
      return false;
    }
  }

  private static boolean verifies(byte[] body, byte[] data, RSAPublicKey key)
      throws GeneralSecurityException {
    ByteBuffer bytes = ByteBuffer.wrap(body);
    int version = octet(bytes);
    int type = octet(bytes);
    int algorithm = octet(bytes);
    if (version != VERSION || type != OF_A_FILE || algorithm != RSA) {
      return false;
    }
    Signature verifier = Signature.getInstance(hash(octet(bytes)) + "withRSA");
    take(bytes, bytes.getShort() & 0xFFFF);
    byte[] hashed = take(ByteBuffer.wrap(body), bytes.position());
    take(bytes, bytes.getShort() & 0xFFFF);
    bytes.getShort();
    BigInteger signed = number(bytes);

    verifier.initVerify(key);
    verifier.update(data);
    verifier.update(trailer(hashed));
    return verifier.verify(padded(signed, (key.getModulus().bitLength() + 7) / 8));
  }

  private static byte[] padded(BigInteger value, int length) {
    byte[] magnitude = value.toByteArray();
    int used = Math.min(magnitude.length, length);
    byte[] padded = new byte[length];
    System.arraycopy(magnitude, magnitude.length - used, padded, length - used, used);
    return padded;
  }

  /** The hashes that are still good enough to sign with (section 9.4). */
  private static String hash(int id) throws GeneralSecurityException {
    return switch (id) {
      case 8 -> "SHA256";
      case 9 -> "SHA384";
      case 10 -> "SHA512";
      default -> throw new GeneralSecurityException("hash " + id);
    };
  }
}
