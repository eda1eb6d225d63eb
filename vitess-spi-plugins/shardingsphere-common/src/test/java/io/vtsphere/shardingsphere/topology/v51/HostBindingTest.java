package io.vtsphere.shardingsphere.topology.v51;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.shardingsphere.infra.config.mode.ModeConfiguration;
import org.junit.jupiter.api.Test;

class HostBindingTest {
    @Test
    void clusterMode_isRefused() {
        assertThat(HostBinding.refusal(new ModeConfiguration("Cluster", null, false)))
                .contains("Cluster mode");
    }

    @Test
    void otherModes_areTaken() {
        assertThat(HostBinding.refusal(null)).isNull();
        assertThat(HostBinding.refusal(new ModeConfiguration("Standalone", null, false)))
                .isNull();
    }
}
