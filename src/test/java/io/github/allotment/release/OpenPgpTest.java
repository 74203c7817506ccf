package io.github.allotment.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A signature holds for its file and its key only, whoever made it. */
class OpenPgpTest {

  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  /** Made by GnuPG 2.2.40, as is the signature below. */
  private static final String KEY_OF_GNUPG =
      """
      -----BEGIN PGP PUBLIC KEY BLOCK-----

      mQENBGsI660BCAC8rHYL+efl4dEStofRQSzASrU/q3YNrvN40rPycrTEVD7Mjvjo
      j7dTwjyr3Pt2d8GePbOcjmHxtTcugTQXj2Oej33kFE4jFCZxHUabf/pVXsSfXDSx
      yUrzqXSvPQjhtwaA2RN6e0JBa0/bvPTsNRGmXkOlI1ZVq9b31AIUM4rOAFzQaeIz
      i14mb6kD10kdedcBB8jPMlKccRHCW/SxyocwM6ofJQSF3kZ1zSeyaJvELsUq+Uka
      ZV7xQAggCFl8LUo6k02CARv4KkrmOEqnypEExM14U0P/y0hb8htRFe2g6LDWD0dF
      scVnISnKRbU5m225XJB4mk8hSHYpOAX0o0e9ABEBAAG0D01hZGUgZm9yIGEgdGVz
      dIkBTgQTAQoAOBYhBDiCyAs2KSCTpF7hx3wK2Kp+/KDMBQJrCOutAhsDBQsJCAcC
      BhUKCQgLAgQWAgMBAh4BAheAAAoJEHwK2Kp+/KDMo2kH/jHwXnd1pSvjvBlqJsVq
      ixyFh6ujUd55rR7oAuWWYRHbIBy4j29WsMlai7ARZGcVbgOOpRorY/iuR3OwBgxO
      Eu2AfEIs3THZTFIcFYsRAxBfDJCMR5B8UXWwxTX0HXxaM3T42HcOesP+n+YOel1i
      XzqYpXoxLHUHJQKOSOk2JD6ed7VWNlhEdf5JYnjmwtpT7T79rrUJqy2AvyfbtofU
      MWupb+4kUozKkn2SUpTvh3NaI48sWxE1x8qpupDW+0Y7Bx4QeU1vZBryzIJZW7W8
      Okk1YHULU5cM5RyFDy1oyySKbhdruuEE7N6BiogUX6mATPF9BHuvCXmVRttyed/P
      7/U=
      =X7Mr
      -----END PGP PUBLIC KEY BLOCK-----
      """;

  /** Of "Allotment" and a line feed. */
  private static final String SIGNATURE_OF_GNUPG =
      """
      -----BEGIN PGP SIGNATURE-----

      iQEzBAABCgAdFiEEOILICzYpIJOkXuHHfArYqn78oMwFAmsI664ACgkQfArYqn78
      oMy76gf9GE8ptpMKWvfzQnY1RW47wRHGnByGW7OS4Msl12FNn6yyd0G2ugJciacs
      nBMIcKAehOEu1FM4SK/5NMdr08OGRafB9VEUeOoGH1xD+OKIshH9o1poe12fkcf6
      V9LHiNEiSZGiDTVBlAgrPD4HhGEsF8NzfniTHbqB/2qall29PVBPcpODQT2jkyGF
      oq4lceThC6V6cwSgWZUVMIS6E25YkeSvjkuRAMDwhPiw2YonxRycin4R0Njo45e2
      QQRE9sdRUafvDFWjXn9atWvUaisnIy+RECvwu8Cayk3Z3qijWJ6xI5pIqyxlOVFI
      oN8LHYXNJFDPjdmp1KhI/Hf5i4IuMA==
      =t12M
      -----END PGP SIGNATURE-----
      """;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aSignatureOfGnuPgHolds() throws GeneralSecurityException {
    RSAPublicKey key = OpenPgp.publicKey(KEY_OF_GNUPG);
    assertTrue(OpenPgp.verifies(SIGNATURE_OF_GNUPG, bytes("Allotment\n"), key));
    assertFalse(OpenPgp.verifies(SIGNATURE_OF_GNUPG, bytes("Allotment"), key));
    assertFalse(OpenPgp.verifies(SIGNATURE_OF_GNUPG, bytes("allotment\n"), key));
  }

  @Test
  void aSignatureHoldsForNoOtherKey() throws GeneralSecurityException {
    ThrowawayKey key = ThrowawayKey.createdAt(CREATED);
    String signature = key.sign(bytes("a"));
    assertTrue(OpenPgp.verifies(signature, bytes("a"), key.publicKey()));
    assertFalse(OpenPgp.verifies(signature, bytes("b"), key.publicKey()));
    assertFalse(OpenPgp.verifies(signature, bytes("a"), OpenPgp.publicKey(KEY_OF_GNUPG)));
    assertFalse(OpenPgp.verifies(SIGNATURE_OF_GNUPG, bytes("Allotment\n"), key.publicKey()));
  }

  @Test
  void whatIsNoSignatureIsRefused() throws GeneralSecurityException {
    ThrowawayKey key = ThrowawayKey.createdAt(CREATED);
    for (String text : new String[] {"", "a", key.publicText(), key.sign(bytes("a")).repeat(2)}) {
      assertFalse(OpenPgp.verifies(text, bytes("a"), key.publicKey()), text);
    }
  }

  @Test
  void aKeyIsReadAsItIsWritten() throws GeneralSecurityException {
    ThrowawayKey key = ThrowawayKey.createdAt(CREATED);
    assertEquals(key.publicKey(), OpenPgp.publicKey(key.publicText()));
  }
}
