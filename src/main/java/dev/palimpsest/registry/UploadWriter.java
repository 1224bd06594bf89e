package dev.palimpsest.registry;

import java.nio.ByteBuffer;

/** A sender's turn at an upload; ends by {@link #finish}, {@link #rollBack} or {@link #close}. */
public final class UploadWriter implements AutoCloseable {
  private final UploadSlot slot;
  private final Upload upload;
  private final boolean whole;

  UploadWriter(UploadSlot slot, Upload upload, boolean whole) {
    this.slot = slot;
    this.upload = upload;
    this.whole = whole;
  }

  /** Returns the upload as it was when the turn began. */
  public Upload upload() {
    return upload;
  }

  /** Appends bytes. */
  public void write(ByteBuffer bytes) {
    slot.write(this, bytes);
  }

  /** Ends the turn; what was written counts. Returns the new offset. */
  public long finish() {
    return slot.finish(this);
  }

  /** Ends the turn; nothing of it counts. */
  public void rollBack() {
    slot.rollBack(this);
  }

  /** Ends the turn if it has not ended; what was written counts unless a checksum was awaited. */
  @Override
  public void close() {
    slot.abandon(this);
  }

  /** Returns the first bytes of the file, as many as asked for or as there are. */
  public byte[] head(int count) {
    return slot.head(this, count);
  }

  long start() {
    return upload.received();
  }

  boolean countsWhole() {
    return whole;
  }
}
