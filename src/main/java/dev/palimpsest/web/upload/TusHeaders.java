package dev.palimpsest.web.upload;

import dev.palimpsest.registry.UploadStore;
import dev.palimpsest.web.failure.WebException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the headers of tus 1.0.0 strictly. */
final class TusHeaders {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x2b\\x2d-\\x7e]{1,64}");
  private static final int MAX_METADATA = 8192;

  private TusHeaders() {}

  /** Returns a header that is a number of bytes. */
  static long bytes(Context ctx, String name) {
    String value = ctx.header(name);
    if (value == null || !NUMBER.matcher(value).matches()) {
      throw new WebException(400, name + " is missing or not a whole number of bytes.");
    }
    return Long.parseLong(value);
  }

  /** Returns the length of a file that is about to be created. */
  static long length(Context ctx) {
    if (ctx.header("Upload-Defer-Length") != null) {
      throw new WebException(400, "The length must be known from the start; send Upload-Length.");
    }
    String value = ctx.header("Upload-Length");
    if (value != null && value.matches("\\d{19,}")) {
      throw tooLong();
    }
    long length = bytes(ctx, "Upload-Length");
    if (length > UploadStore.MAX_LENGTH) {
      throw tooLong();
    }
    return length;
  }

  /** Returns the pairs of Upload-Metadata, decoded. */
  static Map<String, String> metadata(Context ctx) {
    String header = Optional.ofNullable(ctx.header("Upload-Metadata")).orElse("");
    if (header.length() > MAX_METADATA) {
      throw new WebException(413, "Upload-Metadata is too long; send the path and little else.");
    }
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String pair : header.isEmpty() ? new String[0] : header.split(",", -1)) {
      String[] parts = pair.strip().split(" ", -1);
      if (parts.length > 2 || !KEY.matcher(parts[0]).matches()) {
        throw badMetadata("has a pair that is not a key and a value");
      }
      if (pairs.put(parts[0], parts.length == 2 ? decode(parts[1]) : "") != null) {
        throw badMetadata("names a key twice");
      }
    }
    return pairs;
  }

  /** Returns metadata as a header, the reverse of {@link #metadata}. */
  static String encode(Map<String, String> metadata) {
    StringBuilder header = new StringBuilder();
    metadata.forEach(
        (key, value) ->
            header
                .append(header.isEmpty() ? "" : ",")
                .append(key)
                .append(' ')
                .append(
                    Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
    return header.toString();
  }

  private static String decode(String value) {
    try {
      return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw badMetadata("has a value that is not base64");
    }
  }

  private static WebException badMetadata(String what) {
    return new WebException(400, "Upload-Metadata " + what + ".");
  }

  private static WebException tooLong() {
    return new WebException(413, "The file is longer than 1 TiB, the most that is taken.");
  }
}
