package dev.palimpsest.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a template does, it ends soon and with a sentence. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class TemplateBudgetTest {
  private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 1, 12, 0);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{{ 'x' * 999999 }}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% set ns = namespace(s='ab') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s }}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}{{ ns.s|tojson|length }}",
        "{% set ns = namespace(s=[1],t=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% set ns.t = [ns.t, ns.t] %}{% endfor %}{{ ns.s == ns.t }}",
        "{% set ns = namespace(s=(1,)) %}{% for i in range(60) %}{% set ns.s = (ns.s, ns.s) %}{% endfor %}{{ {ns.s: 1} }}",
        "{% set ns = namespace(s=[]) %}{% for i in range(9999) %}{% set ns.s = [ns.s] %}{% endfor %}{{ ns.s }}",
        "{{ 'a' * 9999999999 }}",
        "{{ [0] * 9999999999 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%.9999f' % 1e300 }}{{ '{:>999999999}'.format(1) }}",
        "{{ 'a'.ljust(999999999999) }}",
        "{{ 'a'|center(99999999999) }}",
        "{{ 'a'|indent(99999999999, true) }}",
        "{{ [1]|batch(9999999999, 0)|list }}",
        "{{ [1]|slice(9999999999)|list }}",
        "{{ 9 ** 99999 }}",
        "{{ 2 ** 999 ** 999 }}",
        "{{ range(10 ** 12) }}",
        "{{ ('a' * 99999).replace('a', 'b' * 9999) }}",
        "{{ ('a' * 99999).replace('', 'b' * 9999) }}",
        "{{ ('a,' * 400000).split(',')|join('b' * 9999) }}",
        "{{ ('a' * 999999)|map('upper')|map('replace', '', 'b' * 999)|list }}",
        "{% for x in [[]] recursive %}{{ loop([x]) }}{% endfor %}",
        "{% set ns = namespace(s='a' * 9999999) %}{% for i in range(99999) %}{{ 'zz' in ns.s }}{% endfor %}",
        "{% set x = [0] * 999999 %}{% for i in range(99999) %}{{ x.copy()|length }}{% endfor %}",
        "{% set x = [0] * 999999 %}{% for i in range(99999) %}{{ x|first }}{{ x|list|last }}{% endfor %}",
        "{% set x = 'é' * 999999 %}{% for i in range(99999) %}{{ x[7] }}{{ x|length }}{% endfor %}",
        "{% set x = 'é' * 999999 %}{% for i in range(99999) %}{% for c in x %}{% break %}{% endfor %}{% endfor %}",
        "{{ ('a' * 5000000).count('a' * 2500000 ~ 'b') }}",
        "{{ ('a' * 2500000 ~ 'b') in 'a' * 5000000 }}",
        "{{ ('a' * 5000000)|replace('a' * 2500000 ~ 'b', '') }}",
        "{% set x = 'a' * 999999 %}{% for i in range(99999) %}{{ 'b'.strip(x) }}{% endfor %}",
        "{% set x = ('a ' * 99999).split() %}{% for i in range(99999) %}{{ 'b'.startswith(x|list + x) }}{% endfor %}",
        "{% set ns = namespace(n=3) %}{% for i in range(99999) %}{% set ns.n = ns.n * ns.n %}{% endfor %}",
        "{{ range(60000)|map('string')|unique|list|length }}",
        "{{ '%s %' % ('a' * 9999999) }}",
        "{{ raise_exception('a' * 9999999) }}"
      })
  void runawayTemplatesStop(String source) {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.parse(source).render(Map.of(), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ('a ' * 2000000).split()|length ~ ('a ' * 2000000).rsplit()|length }}",
        "{{ ('<' * 2000000)|striptags|length ~ ('<a>' * 1000000)|striptags|length }}",
        "{{ dict([('a' * 999999, 'b' * 999999)])|urlencode|length }}",
        "{{ ('ab' * 2000000)[::-1]|length }}{{ ('a' * 4000000)|list|length }}",
        "{{ 7 ** 1000 % 10 ** 40 }}"
      })
  void largeButHonestWorkIsDoneSoon(String source) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> Template.parse(source).render(Map.of(), NOW));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{% for m in messages %}{% for part in m.content %}{% if part.type == 'image' %}!{% endif %}"
            + "{% endfor %}{% for part in m.content %}{% if part.type == 'text' %}{{ part }}{% endif %}"
            + "{% endfor %}{{ m.content }}{% endfor %}",
        "{% set ns = namespace(all='', last=0) %}{% for m in messages %}{% for other in messages %}"
            + "{% if other.role == 'user' and loop.index0 > ns.last %}{% set ns.last = loop.index0 %}"
            + "{% endif %}{% endfor %}{% set ns.all = ns.all ~ m.role ~ m.content %}{% endfor %}{{ ns.all }}",
        "{% for m in messages %}{{ messages[loop.index0:]|length }}{{ m|tojson }}{% endfor %}"
      })
  void aLongConversationIsNoRunawayTemplate(String source) {
    for (int[] shape : new int[][] {{200, 4_000}, {1_000, 400}}) {
      List<Map<String, String>> messages = new ArrayList<>();
      for (int i = 0; i < shape[0]; i++) {
        String role = i % 2 == 0 ? "user" : "assistant";
        messages.add(Map.of("role", role, "content", "word ".repeat(shape[1] / 5)));
      }
      String rendered = Template.parse(source).render(Map.of("messages", messages), NOW);
      assertThat(rendered).hasSizeGreaterThanOrEqualTo(shape[0] * shape[1]);
    }
  }

  @Test
  void deeplyNestedSourceIsRefused() {
    for (String open : List.of("(", "[", "{'a':", "not ", "-", "x(", "x[", "1 if 1 else ")) {
      String source = "{{ " + open.repeat(20_000) + " }}";
      assertThatExceptionOfType(TemplateException.class)
          .as(open)
          .isThrownBy(() -> Template.parse(source));
    }
    String blocks = "{% if x %}".repeat(20_000);
    assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> Template.parse(blocks));
  }

  @Test
  void aLongChainOfOperatorsIsNoCrash() {
    for (String operator : List.of(" + ", " ~ ", " and ", " < ", "|string|length + ", ".a or x")) {
      String source = "{{ x" + (operator + "x").repeat(20_000) + " }}";
      try {
        Template.parse(source).render(Map.of("x", 1), NOW);
      } catch (TemplateException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ ''.getClass() }}",
        "{{ x.class.classLoader }}",
        "{{ ____int3rpr3t3r____.config }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ cycler.__init__.__globals__.os }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% extends 'x' %}",
        "{{ x.append(1) }}",
        "{{ '{0.__class__.__mro__}'.format(x) }}"
      })
  void nothingBeyondTheDataIsReachable(String source) {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.parse(source).render(Map.of("x", List.of(1)), NOW));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{{7*7}}", "{% raw", "{# a", "[[${7*7}]]", "__${7*7}__"})
  void whatStandsInAMessageIsTextAndNeverATemplate(String content) {
    String rendered =
        Template.parse("{% for m in messages %}<{{ m.content }}>{% endfor %}")
            .render(Map.of("messages", List.of(Map.of("content", content))), NOW);
    assertThat(rendered).isEqualTo("<" + content + ">");
  }

  @Test
  void theFailureNamesItsLine() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.parse("a\n\n{{ b.c.d }}").render(Map.of("b", Map.of()), NOW))
        .withMessage("'dict object' has no attribute 'c' (line 3)");
  }

  @Test
  void whatATemplateRaisesKeepsItsWords() {
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(
            () -> Template.parse("\n{{ raise_exception('No system role') }}").render(Map.of(), NOW))
        .withMessage("No system role")
        .matches(TemplateException::isRaisedByTemplate);
  }

  @Test
  void mutatedTemplatesFailOnlyWithATemplateException() {
    List<String> seeds = seeds();
    Random random = new Random(20260101);
    Map<String, Object> context = context();
    for (int i = 0; i < 5_000; i++) {
      String source = mutated(random, seeds);
      try {
        Template.parse(source).render(context, NOW);
      } catch (TemplateException e) {
        assertThat(e.getMessage()).as(source).isNotEmpty();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("This template is no clean failure: " + source, e);
      }
    }
  }

  private static List<String> seeds() {
    List<String> seeds = new ArrayList<>();
    seeds.add(
        "{% for m in messages %}{% if loop.first and m.role != 'system' %}{{ 'S: ' + s }}{% endif %}"
            + "{{ '<|' + m['role'] + '|>' ~ m.content|trim }}{% else %}-{% endfor %}");
    seeds.add(
        "{%- set ns = namespace(n=0, l=[]) -%}{% for x in xs if x is odd %}{% set ns.n = ns.n + x %}"
            + "{% set ns.l = ns.l + [x] %}{% endfor %}{{ ns.l|tojson(indent=2) }}{{ ns.n // 2 ** 3 }}");
    seeds.add(
        "{% macro m(a, b=2) %}{{ a }}{{ varargs|length }}{{ caller() if caller is defined }}{% endmacro %}"
            + "{% call(x) m(1, 2, *xs) %}{{ x[1:]|reverse|join(',') }}{% endcall %}");
    seeds.add(
        "{{ messages[::-1]|selectattr('role', 'equalto', 'user')|map(attribute='content')|list }}"
            + "{{ '%5.2f %s' % (1.5, s) }}{{ '{:>8}{a!r}'.format(s, a=xs) }}{{ xs|batch(2, 0)|list }}"
            + "{{ xs|groupby(0)|list }}{{ d|dictsort(by='value')|first }}{{ s.split('l', 1)|last|title }}");
    seeds.add(
        "{% filter upper|replace('A', 'b') %}{% raw %}{{ a }}{% endraw %}{# c #}{% endfilter %}"
            + "{% with q = xs|sum %}{{ q|round(1) ~ q|int(base=16) }}{% endwith %}{% break %}");
    return seeds;
  }

  private static Map<String, Object> context() {
    return Map.of(
        "messages",
        List.of(
            Map.of("role", "user", "content", " Hi é😀 "),
            Map.of("role", "assistant", "content", "Yo")),
        "xs",
        List.of(1, 2, 3),
        "s",
        "hello",
        "d",
        Map.of("a", 1, "b", 2));
  }

  private static final String[] PIECES = {
    "{{",
    "}}",
    "{%",
    "%}",
    "{#",
    "#}",
    "-",
    "+",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "'",
    "\"",
    "|",
    ".",
    ",",
    ":",
    "=",
    "==",
    "not ",
    " in ",
    " is ",
    " if ",
    " else ",
    "none",
    "true",
    "xs",
    "s",
    "d",
    "0",
    "-1",
    "1.5",
    "999999999",
    "''",
    "[]",
    "{}",
    "()",
    "loop",
    "messages",
    "|list",
    "|first",
    "|int",
    "|tojson",
    "|map('x')",
    "|sort",
    "|default(s)",
    ".items()",
    "[::-1]",
    "[0]",
    "\\u",
    "\\x4",
    "%s",
    "**",
    "*",
    "//",
    "%",
    "~",
    "endif",
    "endfor",
    "set ",
    "for ",
    "range(3)",
    "\n"
  };

  private static String mutated(Random random, List<String> seeds) {
    StringBuilder source = new StringBuilder(seeds.get(random.nextInt(seeds.size())));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(source.length());
      int end = Math.min(source.length(), at + random.nextInt(8));
      switch (random.nextInt(3)) {
        case 0 -> source.delete(at, end);
        case 1 -> source.insert(at, PIECES[random.nextInt(PIECES.length)]);
        default -> source.replace(at, end, PIECES[random.nextInt(PIECES.length)]);
      }
      if (source.isEmpty()) {
        source.append('x');
      }
    }
    return source.toString();
  }
}
