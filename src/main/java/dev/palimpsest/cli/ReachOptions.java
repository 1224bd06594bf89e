package dev.palimpsest.cli;

import dev.palimpsest.web.guard.Reach;
import dev.palimpsest.web.guard.TlsKeys;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** From where a server is reached. */
final class ReachOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on (${DEFAULT-VALUE}). One beyond this machine needs an administrator,"
              + " and HTTPS by --tls-cert and --tls-key or by a proxy.")
  private String bind;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate and its chain for HTTPS (PEM).")
  private Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's key (PEM, PKCS#8 without a password).")
  private Path key;

  @Option(
      names = "--behind-proxy",
      paramLabel = "ADDRESS",
      description =
          "The address of the proxy in front that speaks HTTPS; its X-Forwarded-For and"
              + " X-Forwarded-Proto are believed and nobody else's.")
  private String proxy;

  @Option(
      names = "--name",
      paramLabel = "HOST",
      description =
          "A name by which browsers ask; may be given again. Those of the certificate are known.")
  private List<String> names = List.of();

  Reach reach() {
    if ((certificate == null) != (key == null)) {
      throw misuse("--tls-cert and --tls-key go together; give both or neither.");
    }
    return new Reach(
        address("--bind", bind),
        Optional.ofNullable(certificate).map(file -> TlsKeys.read(file, key)),
        Optional.ofNullable(proxy).map(one -> address("--behind-proxy", one)),
        names);
  }

  private InetAddress address(String option, String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw misuse(option + " " + text + " is no address of a machine; give one like 127.0.0.1.");
    }
  }

  private ParameterException misuse(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
