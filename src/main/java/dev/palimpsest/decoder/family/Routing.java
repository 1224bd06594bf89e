package dev.palimpsest.decoder.family;

/** How a router's scores become the shares of the experts that a token goes through. */
enum Routing {
  /** The best of a softmax over all. */
  SOFTMAX_FIRST(0),
  /** The best of a softmax over all, divided by their sum. */
  NORMALISED(1),
  /** A softmax over the best. */
  SOFTMAX_LAST(2);

  private final int code;

  Routing(int code) {
    this.code = code;
  }

  /** Returns the kernel's number for it. */
  int code() {
    return code;
  }
}
