package dev.palimpsest.decoder.kernel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes the state of a TorchScript module in Python's pickle format, protocol 2.
 *
 * <p>Only what attributes need: booleans, integers, floats, and lists of integers or floats.
 */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private Pickle() {}

  /** Returns an instance of {@code __torch__.<type>} with the given attributes. */
  static byte[] module(String type, Map<String, Object> attributes) {
    Pickle pickle = new Pickle();
    try {
      pickle.writeModule(type, attributes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return pickle.bytes.toByteArray();
  }

  private void writeModule(String type, Map<String, Object> attributes) throws IOException {
    opcode(0x80, 2);
    global("__torch__", type);
    opcode(')', 0x81, '}', '('); // no arguments, new object, its state: a dictionary of
    for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
      string(attribute.getKey());
      value(attribute.getValue());
    }
    opcode('u', 'b', '.');
  }

  private void value(Object value) throws IOException {
    if (value instanceof int[] list) {
      ints(list);
    } else if (value instanceof double[] list) {
      doubles(list);
    } else if (value instanceof Boolean flag) {
      opcode(flag ? 0x88 : 0x89);
    } else if (value instanceof Integer number) {
      integer(number);
    } else if (value instanceof Double number) {
      real(number);
    } else {
      throw new IllegalArgumentException("Cannot be an attribute: " + value);
    }
  }

  private void ints(int[] list) throws IOException {
    beginList("build_intlist");
    for (int entry : list) {
      integer(entry);
    }
    endList();
  }

  private void doubles(double[] list) throws IOException {
    beginList("build_doublelist");
    for (double entry : list) {
      real(entry);
    }
    endList();
  }

  private void beginList(String builder) throws IOException {
    global("torch.jit._pickle", builder);
    opcode(']', '(');
  }

  private void endList() throws IOException {
    opcode('e', 0x85, 'R');
  }

  private void integer(int value) throws IOException {
    opcode('J');
    out.writeInt(Integer.reverseBytes(value));
  }

  private void real(double value) throws IOException {
    opcode('G');
    out.writeDouble(value);
  }

  private void string(String value) throws IOException {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    opcode('X');
    out.writeInt(Integer.reverseBytes(utf8.length));
    out.write(utf8);
  }

  private void global(String module, String name) throws IOException {
    opcode('c');
    out.write((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private void opcode(int... codes) throws IOException {
    for (int code : codes) {
      out.writeByte(code);
    }
  }
}
