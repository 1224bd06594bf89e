package dev.palimpsest.notice;

import com.fasterxml.jackson.databind.JsonNode;
import dev.palimpsest.Json;
import dev.palimpsest.ServerAddress;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;

/**
 * Sends notices as mail in plain text by an SMTP server: {@code smtps://} speaks TLS from the first
 * byte, {@code smtp://} changes to it where the server offers that. A password is given to a server
 * elsewhere over TLS only.
 */
public final class Mail implements Channel {
  /** What its rows are called. */
  static final String NAME = "mail";

  private static final String MILLIS = "15000";
  private static final int SMTP = 25;
  private static final int SMTPS = 465;

  private final Session session;
  private final URI server;
  private final InternetAddress from;
  private final InternetAddress[] to;
  private final Optional<Login> login;

  /** With what the server is asked to take mail. */
  public record Login(String user, String password) {}

  private Mail(URI server, InternetAddress from, InternetAddress[] to, Optional<Login> login) {
    this.server = server;
    this.from = from;
    this.to = to;
    this.login = login;
    this.session = Session.getInstance(settings(server, login));
  }

  /**
   * Makes one.
   *
   * @param server such as smtp://host:25
   * @param from who it is from
   * @param to who gets it, several with commas between them
   * @throws NoticeException if one of them is none
   */
  public static Mail of(String server, String from, String to, Optional<Login> login) {
    if (from == null || to == null) {
      throw new NoticeException(
          "Mail needs a sender and a receiver; name them with --notify-from and --notify-to.");
    }
    InternetAddress[] receivers = addresses("--notify-to", to);
    InternetAddress[] senders = addresses("--notify-from", from);
    if (senders.length != 1) {
      throw new NoticeException("Mail is from one address; name one with --notify-from.");
    }
    return new Mail(server(server), senders[0], receivers, login);
  }

  private static InternetAddress[] addresses(String option, String text) {
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      for (InternetAddress one : addresses) {
        one.validate();
      }
      if (addresses.length > 0) {
        return addresses;
      }
    } catch (AddressException noAddress) {
      throw new NoticeException(
          "What " + option + " says is no mail address like somebody@example.org; correct it.",
          noAddress);
    }
    throw new NoticeException("What " + option + " says is empty; name a mail address.");
  }

  private static URI server(String address) {
    return ServerAddress.of(address, Set.of("smtp", "smtps"))
        .filter(uri -> String.valueOf(uri.getPath()).length() <= 1)
        .orElseThrow(
            () ->
                new NoticeException(
                    "The mail server is not given like smtp://host:25 or smtps://host:465, without a name or"
                        + " password in it; correct it at --notify-smtp."));
  }

  private static Properties settings(URI server, Optional<Login> login) {
    boolean encrypted = server.getScheme().equals("smtps");
    Properties settings = new Properties();
    settings.put("mail.transport.protocol", "smtp");
    settings.put("mail.smtp.ssl.enable", Boolean.toString(encrypted));
    settings.put("mail.smtp.ssl.checkserveridentity", "true");
    settings.put("mail.smtp.starttls.enable", "true");
    settings.put(
        "mail.smtp.starttls.required",
        Boolean.toString(!encrypted && login.isPresent() && !isThisMachine(server.getHost())));
    settings.put("mail.smtp.auth", Boolean.toString(login.isPresent()));
    settings.put("mail.smtp.connectiontimeout", MILLIS);
    settings.put("mail.smtp.timeout", MILLIS);
    settings.put("mail.smtp.writetimeout", MILLIS);
    settings.put("mail.smtp.localhost", "localhost");
    return settings;
  }

  private static boolean isThisMachine(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void send(Notice notice) throws IOException {
    try {
      Message message = message(notice);
      try (Transport transport = session.getTransport()) {
        transport.connect(
            server.getHost(),
            port(),
            login.map(Login::user).orElse(null),
            login.map(Login::password).orElse(null));
        transport.sendMessage(message, message.getAllRecipients());
      }
    } catch (MessagingException refused) {
      throw new IOException(firstLine(refused), refused);
    }
  }

  private int port() {
    if (server.getPort() > 0) {
      return server.getPort();
    }
    return server.getScheme().equals("smtps") ? SMTPS : SMTP;
  }

  private Message message(Notice notice) throws MessagingException, IOException {
    JsonNode body = Json.mapper().readTree(notice.body());
    MimeMessage message = new Numbered(session, notice, from.getAddress());
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to);
    message.setSubject(
        "Palimpsest: " + body.path("subject").asText(), StandardCharsets.UTF_8.name());
    message.setText(body.path("text").asText() + "\n", StandardCharsets.UTF_8.name());
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("Palimpsest-Event", notice.kind());
    message.setSentDate(Date.from(Instant.now()));
    message.saveChanges();
    return message;
  }

  private static String firstLine(MessagingException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("it was refused");
  }

  /** A message sent twice has the same id, so that readers show it once. */
  private static final class Numbered extends MimeMessage {
    private final String id;

    Numbered(Session session, Notice notice, String from) {
      super(session);
      String domain = from.substring(from.lastIndexOf('@') + 1);
      this.id =
          "<palimpsest-"
              + notice.id()
              + "-"
              + dev.palimpsest.Sha256.hex(notice.body()).substring(0, 16)
              + "@"
              + domain
              + ">";
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }
}
