package dev.palimpsest.web.upload;

import dev.palimpsest.registry.CheckpointCheck;
import dev.palimpsest.registry.CheckpointRegistry;
import dev.palimpsest.registry.UploadWriter;
import dev.palimpsest.web.failure.WebException;
import dev.palimpsest.web.guard.BrokenRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the body of one PATCH, never past the declared length, looking at the file's beginning.
 */
final class TusPatch {
  private static final Logger LOG = LoggerFactory.getLogger(TusPatch.class);
  private static final long HEAD_MINIMUM = 8;
  private static final long TELLING = 512;

  private final CheckpointRegistry registry;
  private final UploadWriter writer;
  private final Optional<TusChecksum> checksum;
  private long offset;

  /** Bytes from the beginning that are needed to judge the file, or 0 when it was judged. */
  private long headNeeded;

  TusPatch(CheckpointRegistry registry, UploadWriter writer, Optional<TusChecksum> checksum) {
    this.registry = registry;
    this.writer = writer;
    this.checksum = checksum;
    this.offset = writer.upload().received();
    this.headNeeded = Math.min(HEAD_MINIMUM, writer.upload().length());
  }

  /** Copies the body and returns the new offset. */
  long copy(ArrivingBody body) {
    try {
      body.forEach(this::append);
    } catch (IOException gone) {
      throw brokeOff(gone);
    }
    if (checksum.isPresent() && !checksum.get().matches()) {
      writer.rollBack();
      throw new WebException(460, "The checksum does not match what arrived; send it again.");
    }
    return writer.finish();
  }

  private WebException brokeOff(IOException gone) {
    LOG.info(
        "PATCH {} broke off at {} of {} bytes: {}",
        TusUploads.url(writer.upload()),
        offset,
        writer.upload().length(),
        BrokenRequest.cause(gone));
    return new WebException(
        BrokenRequest.status(gone).orElse(400),
        "The connection broke or was too slow; ask for the offset and go on from there.");
  }

  private void append(ByteBuffer bytes) {
    if (bytes.remaining() > writer.upload().length() - offset) {
      writer.rollBack();
      throw new WebException(
          413, "More bytes were sent than the file has; none of this request was kept.");
    }
    checksum.ifPresent(sum -> sum.update(bytes.duplicate()));
    offset += bytes.remaining();
    writer.write(bytes);
    while (headNeeded > 0 && offset >= headNeeded) {
      // What is no weights file is told better by a few more bytes, where they came along.
      int look = (int) Math.max(headNeeded, Math.min(offset, TELLING));
      headNeeded = registry.judgeHead(writer, writer.head(look));
      if (headNeeded > CheckpointCheck.HEAD || headNeeded > writer.upload().length()) {
        headNeeded = 0;
      }
    }
  }
}
