package io.vtsphere.tablet.health;

/** Why a tablet whose MySQL is well does not serve. */
public enum Hold {
    /** The topology has switched its query service off, or it is still filled by a reshard. */
    TABLET_CONTROL,
    /** It was primary and stood still: the topology has to say first whether it still is. */
    PAUSE
}
