package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import java.util.List;
import java.util.Optional;

/** Asks for JSON that a schema allows and nothing else; one code fence is let through. */
record JsonSchema(Schema schema) implements Check {
  @Override
  public CheckResult test(String text) {
    Optional<JsonNode> json = JsonText.parse(text);
    if (json.isEmpty()) {
      return CheckResult.failed("is not JSON");
    }
    List<Error> errors = schema.validate(json.get());
    return errors.isEmpty()
        ? CheckResult.passed("is JSON that the schema allows")
        : CheckResult.failed("is JSON that the schema forbids: " + sentence(errors.get(0)));
  }

  private static String sentence(Error error) {
    String place = error.getInstanceLocation().toString();
    String message = error.getMessage().replaceAll("[.]+$", "");
    return place.isEmpty() ? message : "at " + place + ", " + message;
  }
}
