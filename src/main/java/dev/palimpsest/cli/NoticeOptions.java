package dev.palimpsest.cli;

import dev.palimpsest.notice.Channel;
import dev.palimpsest.notice.Mail;
import dev.palimpsest.notice.Webhook;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where notices go; nowhere unless it is said. Secrets come from the environment only. */
final class NoticeOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--notify-webhook",
      paramLabel = "URL",
      description =
          "Posts a notice there when an audit waits for review and when somebody decides, signed"
              + " with $PALIMPSEST_WEBHOOK_SECRET.")
  private String webhook;

  @Option(
      names = "--notify-smtp",
      paramLabel = "URL",
      description =
          "Mails the same by this server, smtp://HOST:PORT or smtps://HOST:PORT; with"
              + " $PALIMPSEST_SMTP_USER and $PALIMPSEST_SMTP_PASSWORD if they are set.")
  private String smtp;

  @Option(names = "--notify-from", paramLabel = "ADDRESS", description = "Whom mail is from.")
  private String from;

  @Option(
      names = "--notify-to",
      paramLabel = "ADDRESSES",
      description = "Who gets mail; several with commas between them.")
  private String to;

  List<Channel> channels() {
    if (smtp == null && (from != null || to != null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--notify-from and --notify-to need a server; name it with --notify-smtp.");
    }
    List<Channel> channels = new ArrayList<>();
    if (webhook != null) {
      channels.add(Webhook.of(webhook, System.getenv("PALIMPSEST_WEBHOOK_SECRET")));
    }
    if (smtp != null) {
      channels.add(Mail.of(smtp, from, to, login()));
    }
    return channels;
  }

  private static Optional<Mail.Login> login() {
    String password = System.getenv("PALIMPSEST_SMTP_PASSWORD");
    return Optional.ofNullable(System.getenv("PALIMPSEST_SMTP_USER"))
        .map(user -> new Mail.Login(user, password == null ? "" : password));
  }
}
