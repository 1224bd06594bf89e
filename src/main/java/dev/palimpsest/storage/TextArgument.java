package dev.palimpsest.storage;

import java.sql.Types;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** Binds text as {@link StoredText} writes it. */
final class TextArgument extends AbstractArgumentFactory<String> {
  TextArgument() {
    super(Types.VARCHAR);
  }

  @Override
  protected Argument build(String text, ConfigRegistry config) {
    return (position, statement, context) -> statement.setString(position, StoredText.write(text));
  }
}
