package io.vtsphere.distribution.quickstart;

import java.io.IOException;

/** How the programs of a cluster are started: each in a process of its own, or all in this one. */
interface Programs {
    /** Starts the tablet server of a MySQL; returns when it is started, not when it serves. */
    Program tablet(TabletSpec tablet) throws IOException;

    /** Starts the gate; returns when it is started, not when it serves. */
    Program gate() throws IOException;
}
