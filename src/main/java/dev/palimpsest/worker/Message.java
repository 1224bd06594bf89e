package dev.palimpsest.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/** The lines that go between the application and a worker; package-info gives examples. */
final class Message {
  /** Changes whenever a message changes its meaning; both ends must say the same. */
  static final String PROTOCOL = "palimpsest-worker/2";

  private Message() {}

  /** What a worker can be asked to do. */
  enum Operation {
    LOAD,
    ENCODE,
    SCORE,
    GENERATE,
    LOGITS,
    PIECES,
    /** Has several models over the loaded weights read texts, and compares them. */
    READ,
    /** Loads two models to be run side by side, in the place of what was loaded. */
    LOAD_PAIR,
    ENCODE_PAIR,
    KL,
    KL_TEXTS,
    AMPLIFY
  }

  /** From the application: do this. */
  record Request(long id, Operation operation, JsonNode arguments) {}

  /** From the worker: anything it says; which fields are set tells what it is. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Reply(String hello, Long pid, Long beat, Long id, JsonNode result, Failure failure) {
    static Reply hello(long pid) {
      return new Reply(PROTOCOL, pid, null, null, null, null);
    }

    static Reply beat(long pid) {
      return new Reply(null, null, pid, null, null, null);
    }

    static Reply result(long id, JsonNode result) {
      return new Reply(null, null, null, id, result, null);
    }

    static Reply failure(long id, Failure failure) {
      return new Reply(null, null, null, id, null, failure);
    }
  }
}
