package io.vtsphere.topo.watch;

import com.google.protobuf.ByteString;
import io.vtsphere.topo.connection.TopoEntry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The watched records as they last were, in a file, so that a gate can start while the topology is down.
 *
 * <p>Format: eight bytes of magic with the format's version, then for every watched directory its name, the number of its files and each one's
 * path, version and contents (all lengths as 32 bit numbers), at the end the CRC-32C of all that. A file is replaced as a whole or not at all.
 */
final class SnapshotFile {
    private static final byte[] MAGIC = "VTSNAP\0\1".getBytes(StandardCharsets.US_ASCII);

    private final Path file;

    SnapshotFile(Path file) {
        this.file = file;
    }

    void write(Map<String, Collection<TopoEntry>> directories) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(MAGIC);
        out.writeInt(directories.size());
        for (Map.Entry<String, Collection<TopoEntry>> directory : directories.entrySet()) {
            writeBytes(out, directory.getKey().getBytes(StandardCharsets.UTF_8));
            out.writeInt(directory.getValue().size());
            for (TopoEntry entry : directory.getValue()) {
                writeBytes(out, entry.path().getBytes(StandardCharsets.UTF_8));
                out.writeLong(entry.version());
                writeBytes(out, entry.contents().toByteArray());
            }
        }
        out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel = FileChannel.open(
                next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * @throws IOException when there is no file, or it is not whole, or of another format; the message says which
     */
    Map<String, List<TopoEntry>> read() throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no snapshot at " + file);
        }
        byte[] bytes = Files.readAllBytes(file);
        int length = bytes.length - Long.BYTES;
        if (length < MAGIC.length || !Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IOException(file + " is no snapshot of this version");
        }
        if (ByteBuffer.wrap(bytes, length, Long.BYTES).getLong() != checksum(bytes, length)) {
            throw new IOException(file + " is damaged: its checksum does not match");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, MAGIC.length, length - MAGIC.length));
        Map<String, List<TopoEntry>> directories = new LinkedHashMap<>();
        for (int count = in.readInt(); count > 0; count--) {
            String name = new String(readBytes(in), StandardCharsets.UTF_8);
            List<TopoEntry> entries = new ArrayList<>();
            for (int files = in.readInt(); files > 0; files--) {
                String path = new String(readBytes(in), StandardCharsets.UTF_8);
                long version = in.readLong();
                entries.add(new TopoEntry(path, ByteString.copyFrom(readBytes(in)), version));
            }
            directories.put(name, entries);
        }
        return directories;
    }

    private static long checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return bytes;
    }
}
