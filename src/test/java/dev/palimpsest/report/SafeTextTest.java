package dev.palimpsest.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SafeTextTest {
  @Test
  void plainTextOfAnyLanguageStaysAsItIs() {
    String text = "Zürich\tnaïve\nשלום مرحبا 你好 👩‍🚀";

    assertThat(SafeText.visible(text)).isEqualTo(text);
  }

  @Test
  void controlsDirectionOverridesAndInvisiblesBecomeVisible() {
    assertThat(SafeText.visible("\u0000\u0007\u001B\u007F"))
        .isEqualTo("⟨U+0000⟩⟨U+0007⟩⟨U+001B⟩⟨U+007F⟩");
    assertThat(SafeText.visible("\u202E\u2066\u200B\u2028\u0085"))
        .isEqualTo("⟨U+202E⟩⟨U+2066⟩⟨U+200B⟩⟨U+2028⟩⟨U+0085⟩");
    assertThat(SafeText.visible("a\r\nb\rc")).isEqualTo("a\nb⟨U+000D⟩c");
  }

  @Test
  void halvesOfSurrogatePairsAreReplaced() {
    assertThat(SafeText.visible("a\uD83Db")).isEqualTo("a\uFFFDb");
    assertThat(SafeText.wellFormed("a\uD83Db")).isEqualTo("a\uFFFDb");
  }

  @Test
  void xmlKeepsOnlyWhatXmlCanHold() {
    assertThat(SafeText.forXml("a\u0000\u000B\uFFFE\uD800b\n👩")).isEqualTo("ab\n👩");
  }

  @Test
  void whatMarkupIsMadeOfIsEscaped() {
    assertThat(SafeText.escaped("<b a=\"1\">&")).isEqualTo("&lt;b a=&quot;1&quot;&gt;&amp;");
  }
}
