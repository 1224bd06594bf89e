package dev.palimpsest.decoder.kernel;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes an object of a TorchScript archive in Python's pickle format, protocol 2.
 *
 * <p>Only what attributes need: booleans, integers, floats, lists of integers or floats, and
 * objects that have such attributes themselves.
 */
final class Pickle {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  private Pickle() {}

  /**
   * An object of a class of the archive.
   *
   * @param file the source file that defines the class
   * @param attributes the object's attributes, which may be instances themselves
   */
  record Instance(String file, String type, Map<String, Object> attributes) {}

  /** Returns the bytes of an object. */
  static byte[] of(Instance object) {
    Pickle pickle = new Pickle();
    try {
      pickle.opcode(0x80, 2);
      pickle.instance(object);
      pickle.opcode('.');
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return pickle.bytes.toByteArray();
  }

  private void instance(Instance object) throws IOException {
    global("__torch__." + object.file(), object.type());
    opcode(')', 0x81, '}', '('); // no arguments, new object, its state: a dictionary of
    for (Map.Entry<String, Object> attribute : object.attributes().entrySet()) {
      string(attribute.getKey());
      value(attribute.getValue());
    }
    opcode('u', 'b');
  }

  private void value(Object value) throws IOException {
    if (value instanceof int[] list) {
      ints(list);
    } else if (value instanceof double[] list) {
      doubles(list);
    } else if (value instanceof Instance object) {
      instance(object);
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
