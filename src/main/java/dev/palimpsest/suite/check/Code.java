package dev.palimpsest.suite.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells SQL, program code, markup and JSON from a text for people. */
final class Code {
  private static final List<Sign> SIGNS =
      List.of(
          sign("SQL", "(?s)\\bSELECT\\b.{1,400}\\bFROM\\b"),
          sign(
              "SQL",
              "(?is)^select\\s+[\\w.*'\"]+(?:\\s*,\\s*[\\w.*'\"]+)*\\s+from\\s+\\S+"
                  + "(?:\\s+(?:where|order|group|limit|join|inner|left)\\b.*)?$"),
          sign("SQL", "(?i)\\b(?:insert into|create table|delete from|drop table|alter table)\\b"),
          sign("SQL", "(?is)\\bupdate\\s+\\w+\\s+set\\s+\\w+\\s*="),
          sign(
              "a call",
              "\\b(?:print|println|printf|puts|alert|echo|log|write|writeln|return|input)\\("),
          sign("a command", "(?m)^\\W*(?:echo|print|puts|return|cat|curl)\\s+[\"'$]"),
          sign(
              "a declaration",
              "(?m)^\\s*(?:def|class|function|func|fn|public|private|static|var|let|const|int|char"
                  + "|string|import|#include|#!|package)\\b.*(?:[({;:=]\\s*$|\\)\\s*\\{|=|[<>])"),
          sign("an assignment", "(?m)^\\s*[\\w.$]+\\s*:?=\\s*\\S"),
          sign("an operator", "=>|==|!=|&&|\\|\\||\\+=|-->|->\\s*\\w+\\s*\\{"),
          sign("markup", "(?<!<)</?[a-zA-Z][\\w-]*(?:\\s[^<>]*)?/?>(?!>)"),
          sign("a comment", "(?m)^\\s*(?://|/\\*|<!--)"));

  private Code() {}

  private static Sign sign(String name, String regex) {
    return new Sign(name, Pattern.compile(regex));
  }

  /** Returns which sign of code the text has. */
  static Optional<String> in(String text) {
    if (text.endsWith(";") || text.endsWith("}")) {
      return Optional.of("ends like a line of code");
    }
    if (JsonText.parse(text).filter(JsonNode::isContainerNode).isPresent()) {
      return Optional.of("is JSON");
    }
    return SIGNS.stream()
        .filter(sign -> sign.pattern.matcher(text).find())
        .map(sign -> "holds code: " + sign.name)
        .findFirst();
  }

  private record Sign(String name, Pattern pattern) {}
}
