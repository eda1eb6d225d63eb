package io.vtsphere.topo;

import io.vitess.proto.Topodata;
import io.vtsphere.vterrors.Code;
import io.vtsphere.vterrors.VtException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one tablet: its cell and a number that is unique in that cell. Prints as {@code zone1-0000000100}.
 *
 * <p>Source of the text form: Vitess' {@code go/vt/topo/topoproto/tablet.go}. Immutable and thread-safe.
 *
 * @param cell the cell that holds the tablet's record
 * @param uid an unsigned 32 bit number (a negative int stands for 2^31 and above, as in protobuf)
 */
public record TabletAlias(String cell, int uid) implements Comparable<TabletAlias> {
    private static final String FORMAT = "^(?P<cell>[-_.a-zA-Z0-9]+)-(?P<uid>[0-9]+)$";
    private static final Pattern PATTERN = Pattern.compile("([-_.a-zA-Z0-9]+)-([0-9]+)");

    /**
     * Reads {@code cell-uid}; leading zeros of the number are optional.
     *
     * @throws VtException INVALID_ARGUMENT when the text has another form or the number does not fit 32 bits
     */
    public static TabletAlias parse(String text) {
        Matcher matcher = PATTERN.matcher(text);
        if (!matcher.matches()) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT, "invalid tablet alias: '" + text + "', expecting format: '" + FORMAT + "'");
        }
        try {
            return new TabletAlias(matcher.group(1), Integer.parseUnsignedInt(matcher.group(2)));
        } catch (NumberFormatException e) {
            throw VtException.of(
                    Code.INVALID_ARGUMENT,
                    "invalid tablet uid in alias '" + text + "': " + matcher.group(2) + " is above 4294967295",
                    e);
        }
    }

    public static TabletAlias of(Topodata.TabletAlias alias) {
        return new TabletAlias(alias.getCell(), alias.getUid());
    }

    public Topodata.TabletAlias proto() {
        return Topodata.TabletAlias.newBuilder().setCell(cell).setUid(uid).build();
    }

    @Override
    public int compareTo(TabletAlias other) {
        int byCell = cell.compareTo(other.cell);
        return byCell != 0 ? byCell : Integer.compareUnsigned(uid, other.uid);
    }

    /** The form used in keys and texts: the number has at least ten digits. */
    @Override
    public String toString() {
        String number = Integer.toUnsignedString(uid);
        return cell + "-" + "0".repeat(Math.max(0, 10 - number.length())) + number;
    }
}
