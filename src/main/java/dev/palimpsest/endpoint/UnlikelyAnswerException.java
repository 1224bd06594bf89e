package dev.palimpsest.endpoint;

import dev.palimpsest.inference.DecoderException;

/** An answer that lacks what was asked for. */
final class UnlikelyAnswerException extends DecoderException {
  UnlikelyAnswerException(EndpointClient client, String what) {
    super("The server at " + client.address().url() + " answers without " + what + ".");
  }
}
