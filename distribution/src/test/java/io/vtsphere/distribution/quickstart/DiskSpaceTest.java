package io.vtsphere.distribution.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vtsphere.testkit.StartFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    private static final long MIB = 1L << 20;
    private static final Path DATA = Path.of("data");

    @Test
    void aNewClusterNeedsRoomForEachMySql() {
        assertThatThrownBy(() -> DiskSpace.require(DATA, 200 * MIB, 3, 0))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the disk of data has 200 MiB free, a new cluster needs 750 MiB: free some, use --small,"
                        + " or choose another --data-dir");
        assertThatCode(() -> DiskSpace.require(DATA, 750 * MIB, 3, 0)).doesNotThrowAnyException();
    }

    @Test
    void aStartOnDataThatIsThereNeedsLittle() {
        assertThatThrownBy(() -> DiskSpace.require(DATA, 60 * MIB, 0, 3))
                .isInstanceOf(StartFailure.class)
                .hasMessage("the disk of data has 60 MiB free, a start needs 96 MiB: free some");
        assertThatCode(() -> DiskSpace.require(DATA, 96 * MIB, 0, 3)).doesNotThrowAnyException();
    }

    @Test
    void aFailureOnADiskWithRoomStaysWhatItWas(@TempDir Path directory) throws Exception {
        Exception failure = new IllegalStateException("another reason");
        assertThat(DiskSpace.explain(directory, failure)).isSameAs(failure);
    }
}
