package io.vtsphere.topo.connection;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files below one root of a topology server: the global topology or that of a cell.
 *
 * <p>Paths are relative to the root and have no slash at either end. A directory is there as long as a file is below it. All methods but
 * {@link #watch}'s listener block until the server answered or the connection's operation timeout is over; they must not be called on an
 * event loop. Thread-safe. Every method may throw {@link TopoException} of kind TIMEOUT, INTERRUPTED or OTHER; the other kinds are listed.
 *
 * <p>Source of the semantics: Vitess' {@code go/vt/topo/conn.go}.
 */
public interface TopoConnection extends AutoCloseable {
    /** What a {@link #watch} covers. */
    enum Scope {
        /** The file at the path. */
        FILE,
        /** Every file below the path. */
        DIRECTORY
    }

    /** The root, as in the server's keys. */
    String root();

    /**
     * Reads a file.
     *
     * @throws TopoException NO_NODE when it is not there
     */
    TopoEntry get(String path);

    /**
     * Writes a file that is not there yet.
     *
     * @return its version
     * @throws TopoException NODE_EXISTS when it is
     */
    long create(String path, ByteString contents);

    /**
     * Writes a file, whether it is there or not.
     *
     * @return its new version
     */
    long put(String path, ByteString contents);

    /**
     * Writes a file if it still has that version.
     *
     * @return its new version
     * @throws TopoException BAD_VERSION when it has another or is gone
     */
    long update(String path, ByteString contents, long version);

    /**
     * Removes a file.
     *
     * @throws TopoException NO_NODE when it is not there
     */
    void delete(String path);

    /**
     * Removes a file if it still has that version.
     *
     * @throws TopoException BAD_VERSION when it has another, NO_NODE when it is gone
     */
    void delete(String path, long version);

    /**
     * Every file whose path begins with these characters, in order of path, as of one moment.
     *
     * @throws TopoException NO_NODE when there is none, NO_IMPLEMENTATION when the server cannot, RESOURCE_EXHAUSTED when they are too many
     */
    List<TopoEntry> list(String prefix);

    /**
     * The names in a directory, sorted.
     *
     * @param path of the directory; empty for the root
     * @throws TopoException NO_NODE when there is no file below it
     */
    List<TopoDirEntry> listDir(String path);

    /**
     * Reads a file or directory and follows every later change. None is missed and none is told twice between the snapshot and {@link
     * TopoWatch.Listener#lost}.
     *
     * @return when {@link TopoWatch.Listener#snapshot} has been called
     */
    TopoWatch watch(String path, Scope scope, TopoWatch.Listener listener);

    /**
     * Waits until no one else holds the lock of a directory, and takes it.
     *
     * @param text of the lock, for whoever looks
     * @throws TopoException NO_NODE when there is no such directory, TIMEOUT when it was not free in time
     */
    TopoLock lock(String path, String text, Duration timeout);

    /**
     * As {@link #lock}, but does not wait.
     *
     * @throws TopoException NODE_EXISTS when someone holds it, NO_NODE when there is no such directory
     */
    TopoLock tryLock(String path, String text);

    /** As {@link #lock} for a name that is no directory, kept for up to a day without a sign of life. */
    TopoLock lockName(String path, String text, Duration timeout);

    /**
     * Stands for election among all who give the same name, and waits to be the leader. Whoever stood first leads, until it closes what it
     * got here or its session ends; then the next one does.
     *
     * @param id of this participant, for whoever asks for the {@link #leader}
     * @return the leadership; to be {@link TopoLock#check checked} before what only a leader may do
     * @throws TopoException TIMEOUT when others led for all that time; then it stands no longer
     */
    TopoLock awaitLeadership(String election, String id, Duration timeout);

    /** The id of the participant that leads now; null when nobody stands for election. */
    @Nullable
    String leader(String election);

    /** Gives back the locks and leaderships that this connection holds; its watches end without a word. */
    @Override
    void close();
}
