package io.github.allotment.examples.replay;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads JSON files strictly: a key that stands twice, or more after the end, is an error. */
final class JsonFile {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final int LARGEST = 1 << 26;

  private JsonFile() {}

  /** Makes a path of a name. */
  static Path path(String file) throws BadHistory {
    if (file.isEmpty()) {
      throw new BadHistory("", "a file's name must not be empty");
    }
    try {
      return Path.of(file);
    } catch (InvalidPathException notOne) {
      throw new BadHistory("", "this can't be a file's name");
    }
  }

  /** Reads a file. */
  static JsonNode read(Path file) throws BadHistory {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException notThere) {
      throw new BadHistory("", "there is no such file");
    } catch (IOException unreadable) {
      throw new BadHistory(
          "", "the file can't be read" + (Files.isDirectory(file) ? ": it is a folder" : ""));
    }
    if (bytes.length > LARGEST) {
      throw new BadHistory("", "the file is larger than " + LARGEST + " bytes");
    }
    return read(bytes);
  }

  /** Reads what a file holds. */
  static JsonNode read(byte[] bytes) throws BadHistory {
    JsonNode root;
    try {
      root = JSON.readTree(text(bytes));
    } catch (StreamConstraintsException tooLarge) {
      throw new BadHistory("", "broken JSON: it nests too deeply, or a number or name is too long");
    } catch (JsonProcessingException broken) {
      JsonLocation at = broken.getLocation();
      throw new BadHistory(
          "",
          "broken JSON%s: %s"
              .formatted(
                  at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr(),
                  Lines.plain(broken.getOriginalMessage())));
    }
    if (root.isMissingNode()) {
      throw new BadHistory("", "broken JSON: the file is empty");
    }
    return root;
  }

  /** Returns what a file holds as plain maps, lists, texts, numbers and truth values. */
  static Object plain(JsonNode node) {
    return JSON.convertValue(node, Object.class);
  }

  private static String text(byte[] bytes) throws BadHistory {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw new BadHistory("", "broken JSON: it is not text in UTF-8");
    }
  }
}
