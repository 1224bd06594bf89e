package dev.palimpsest.suite.importer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.palimpsest.suite.Tier;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GSM8K: question, and an answer whose last line is "#### N"; N may have commas. */
final class Gsm8kFormat implements Format {
  private static final Pattern GOLD =
      Pattern.compile("####\\s*([-+]?)\\$?([0-9][0-9,]*(?:\\.[0-9]+)?)\\.?\\s*$");
  private static final int MAX_TOKENS = 400;

  @Override
  public void read(List<Source> sources, Draft draft) {
    sources.forEach(source -> source.rows().forEach(row -> readRow(row, draft)));
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static void readRow(Row row, Draft draft) {
    String answer = row.text("answer");
    Matcher gold = GOLD.matcher(answer);
    if (!gold.find()) {
      String end = answer.substring(Math.max(0, answer.length() - 40));
      throw row.fault(
          "answer", "a text that ends with \"" + end + "\"", "#### and a number at the end");
    }
    BigDecimal number = new BigDecimal(gold.group(1) + gold.group(2).replace(",", ""));
    ObjectNode check = Items.check("number_is").put("number", new BigDecimal(plain(number)));
    ObjectNode item =
        Items.instruction(
            row.source().stem() + "-" + row.line(),
            Tier.MEDIUM,
            "arithmetic",
            row.text("question")
                + "\n\nThink step by step, and end with the number that is the answer.",
            List.of(check),
            MAX_TOKENS);
    // Working repeats numbers and words; it is no loop for that.
    item.put("repeats", true);
    String working = answer.substring(0, gold.start()).replaceAll("<<[^>]*>>", "").strip();
    draft.add(row.source(), row.line(), item, working + "\nThe answer is " + plain(number) + ".");
  }
}
