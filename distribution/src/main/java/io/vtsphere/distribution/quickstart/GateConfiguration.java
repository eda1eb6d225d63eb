package io.vtsphere.distribution.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Locale;

/** Writes the conf directory: the gate's {@code server.yaml}, and how gate and tablet servers log. Stateless. */
final class GateConfiguration {
    private GateConfiguration() {}

    static void write(Settings settings) throws IOException {
        Files.createDirectories(settings.confDirectory());
        Files.writeString(settings.confDirectory().resolve("server.yaml"), yaml(settings));
        Files.writeString(settings.confDirectory().resolve("logback.xml"), MySqlFleet.resource("logback.xml"));
    }

    static String yaml(Settings settings) {
        return String.format(Locale.ROOT, "rules: []%n");
    }
}
