package io.vtsphere.topo.server;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoDirEntry;
import io.vtsphere.topo.connection.TopoEntry;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.connection.TopoException.Kind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads and writes messages as files of a connection. */
final class Records {
    private Records() {}

    /** A message and the version of its file. */
    record Versioned<T>(T message, long version) {}

    static <T extends MessageLite> Versioned<T> read(TopoConnection connection, String path, Parser<T> parser) {
        TopoEntry entry = connection.get(path);
        try {
            return new Versioned<>(parser.parseFrom(entry.contents()), entry.version());
        } catch (InvalidProtocolBufferException e) {
            throw TopoException.of(
                    Kind.OTHER,
                    connection.root() + "/" + path + " is not the message that belongs there: " + e.getMessage(),
                    e);
        }
    }

    static <T extends MessageLite> T get(TopoConnection connection, String path, Parser<T> parser) {
        return read(connection, path, parser).message();
    }

    static <T extends MessageLite> @Nullable T find(TopoConnection connection, String path, Parser<T> parser) {
        try {
            return get(connection, path, parser);
        } catch (TopoException e) {
            if (e.kind() == Kind.NO_NODE) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Replaces a message by one made from it, again when someone else was faster. Nothing is written when the change changes nothing.
     *
     * @param change must have no effect of its own
     * @return the message as it now is
     */
    static <T extends MessageLite> T update(
            TopoConnection connection, String path, Parser<T> parser, UnaryOperator<T> change) {
        while (true) {
            Versioned<T> before = read(connection, path, parser);
            T after = change.apply(before.message());
            if (after.equals(before.message())) {
                return after;
            }
            try {
                connection.update(path, after.toByteString(), before.version());
                return after;
            } catch (TopoException e) {
                if (e.kind() != Kind.BAD_VERSION) {
                    throw e;
                }
            }
        }
    }

    /** As {@link #update}, and writes the first message when there is none. */
    static <T extends MessageLite> T createOrUpdate(
            TopoConnection connection, String path, Parser<T> parser, T empty, UnaryOperator<T> change) {
        while (true) {
            try {
                return update(connection, path, parser, change);
            } catch (TopoException e) {
                if (e.kind() != Kind.NO_NODE) {
                    throw e;
                }
            }
            T first = change.apply(empty);
            try {
                connection.create(path, first.toByteString());
                return first;
            } catch (TopoException e) {
                if (e.kind() != Kind.NODE_EXISTS) {
                    throw e;
                }
            }
        }
    }

    /** The names of the directories in a directory; none when it is not there. */
    static List<String> directories(TopoConnection connection, String path) {
        try {
            return connection.listDir(path).stream()
                    .filter(TopoDirEntry::directory)
                    .map(TopoDirEntry::name)
                    .filter(name -> !name.equals("locks"))
                    .toList();
        } catch (TopoException e) {
            if (e.kind() == Kind.NO_NODE) {
                return List.of();
            }
            throw e;
        }
    }

    /** Does something that may fail in that way without harm. */
    static void ignoring(Kind kind, Runnable work) {
        try {
            work.run();
        } catch (TopoException e) {
            if (e.kind() != kind) {
                throw e;
            }
        }
    }
}
