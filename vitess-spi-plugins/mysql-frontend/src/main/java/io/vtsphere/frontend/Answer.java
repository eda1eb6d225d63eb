package io.vtsphere.frontend;

/** Takes a session's answer to one command until it is told to ignore the rest, because the command has been answered otherwise. */
interface Answer {
    void abandon();
}
