package io.github.allotment.release;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A new key to sign with, protected by a passphrase as a real one is. */
final class ThrowawayKey {

  private static final int SHA_256 = 8;
  private static final int AES_256 = 9;

  private final RSAPublicKey publicKey;
  private final RSAPrivateCrtKey privateKey;
  private final byte[] publicBody;
  private final SecureRandom random = new SecureRandom();

  private ThrowawayKey(KeyPair pair, Instant created) {
    this.publicKey = (RSAPublicKey) pair.getPublic();
    this.privateKey = (RSAPrivateCrtKey) pair.getPrivate();
    this.publicBody =
        concat(
            ByteBuffer.allocate(6)
                .put((byte) OpenPgp.VERSION)
                .putInt((int) created.getEpochSecond())
                .put((byte) OpenPgp.RSA)
                .array(),
            OpenPgp.number(publicKey.getModulus()),
            OpenPgp.number(publicKey.getPublicExponent()));
  }

  static ThrowawayKey createdAt(Instant created) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(3072);
    return new ThrowawayKey(generator.generateKeyPair(), created);
  }

  RSAPublicKey publicKey() {
    return publicKey;
  }

  /** The public key, as it is published. */
  String publicText() throws GeneralSecurityException {
    OpenPgp.Packet key = new OpenPgp.Packet(OpenPgp.PUBLIC_KEY, publicBody);
    return OpenPgp.armored("PUBLIC KEY BLOCK", List.of(key, userId(), certification()));
  }

  /** The whole key, its secret part encrypted with a passphrase. */
  String secretText(String passphrase) throws GeneralSecurityException {
    OpenPgp.Packet key = new OpenPgp.Packet(OpenPgp.SECRET_KEY, secretBody(passphrase));
    return OpenPgp.armored("PRIVATE KEY BLOCK", List.of(key, userId(), certification()));
  }

  /** A detached signature of a file's bytes. */
  String sign(byte[] data) throws GeneralSecurityException {
    OpenPgp.Packet signature = signature(OpenPgp.OF_A_FILE, data);
    return OpenPgp.armored("SIGNATURE", List.of(signature));
  }

  private static OpenPgp.Packet userId() {
    byte[] name = "A rehearsal of a release".getBytes(StandardCharsets.UTF_8);
    return new OpenPgp.Packet(OpenPgp.USER_ID, name);
  }

  private OpenPgp.Packet certification() throws GeneralSecurityException {
    byte[] name = userId().body();
    ByteBuffer prefix = ByteBuffer.allocate(5).put((byte) 0xB4).putInt(name.length);
    return signature(OpenPgp.OF_A_USER_ID, concat(hashedKey(), prefix.array(), name));
  }

  private byte[] hashedKey() {
    ByteBuffer prefix = ByteBuffer.allocate(3).put((byte) 0x99).putShort((short) publicBody.length);
    return concat(prefix.array(), publicBody);
  }

  private OpenPgp.Packet signature(int type, byte[] data) throws GeneralSecurityException {
    byte[] fingerprint = MessageDigest.getInstance("SHA-1").digest(hashedKey());
    byte[] created = Arrays.copyOfRange(publicBody, 1, 5);
    byte[] subpackets =
        concat(
            subpacket(2, created),
            subpacket(27, new byte[] {3}),
            subpacket(33, concat(new byte[] {OpenPgp.VERSION}, fingerprint)));
    byte[] issuer = subpacket(16, Arrays.copyOfRange(fingerprint, 12, 20));
    byte[] head = {OpenPgp.VERSION, (byte) type, OpenPgp.RSA, SHA_256};
    byte[] hashed = concat(head, length(subpackets), subpackets);
    byte[] signedBytes = concat(data, OpenPgp.trailer(hashed));

    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(privateKey);
    signer.update(signedBytes);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(signedBytes);
    byte[] number = OpenPgp.number(new BigInteger(1, signer.sign()));
    byte[] start = Arrays.copyOf(digest, 2);
    return new OpenPgp.Packet(
        OpenPgp.SIGNATURE, concat(hashed, length(issuer), issuer, start, number));
  }

  private static byte[] subpacket(int type, byte[] content) {
    return concat(new byte[] {(byte) (content.length + 1), (byte) type}, content);
  }

  private static byte[] length(byte[] content) {
    return ByteBuffer.allocate(2).putShort((short) content.length).array();
  }

  /** Sections 3.7.1.3 and 5.5.3: the passphrase is hashed many times with a salt. */
  private byte[] secretBody(String passphrase) throws GeneralSecurityException {
    byte[] salt = new byte[8];
    byte[] vector = new byte[16];
    random.nextBytes(salt);
    random.nextBytes(vector);
    byte[] salted = concat(salt, passphrase.getBytes(StandardCharsets.UTF_8));
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    for (int left = 65_536; left > 0; left -= salted.length) {
      hash.update(salted, 0, Math.min(left, salted.length));
    }
    Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
    SecretKeySpec key = new SecretKeySpec(hash.digest(), "AES");
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(vector));

    byte[] numbers = secretNumbers();
    byte[] check = MessageDigest.getInstance("SHA-1").digest(numbers);
    byte[] head = {(byte) 254, AES_256, 3, SHA_256};
    byte[] count = {96};
    byte[] encrypted = cipher.doFinal(concat(numbers, check));
    return concat(publicBody, head, salt, count, vector, encrypted);
  }

  private byte[] secretNumbers() {
    BigInteger one = privateKey.getPrimeP();
    BigInteger other = privateKey.getPrimeQ();
    BigInteger smaller = one.min(other);
    BigInteger greater = one.max(other);
    return concat(
        OpenPgp.number(privateKey.getPrivateExponent()),
        OpenPgp.number(smaller),
        OpenPgp.number(greater),
        OpenPgp.number(smaller.modInverse(greater)));
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
