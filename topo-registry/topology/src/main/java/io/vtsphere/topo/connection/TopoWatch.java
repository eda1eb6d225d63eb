package io.vtsphere.topo.connection;

import java.util.List;

/** A watch in progress. Thread-safe. */
public interface TopoWatch extends AutoCloseable {
    /**
     * Asks the server for a sign of life; {@link Listener#alive} is called when it comes. Does not wait.
     */
    void probe();

    /** Ends the watch because it has fallen silent; what connects it to the server is not trusted any more either. */
    void abandon();

    /** Ends the watch; the listener is not called again once a call that is in progress has returned. */
    @Override
    void close();

    /** What happens to the files under watch. Called by one thread at a time, in order; must not block. */
    interface Listener {
        /**
         * The files as they were at first; called once, before everything else.
         *
         * @param revision of the store at that moment
         */
        void snapshot(List<TopoEntry> entries, long revision);

        /** A file was written. */
        void changed(TopoEntry entry);

        /** A file was deleted in that version. */
        void deleted(String path, long version);

        /** The server can tell of changes: nothing is wrong with the watch. */
        void alive();

        /** The watch has ended and tells nothing more; a new one has to be made. Not called after {@link TopoWatch#close}. */
        void lost(TopoException reason);
    }
}
