package io.vtsphere.distribution.quickstart;

import io.vtsphere.testkit.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Java program of this distribution in a process of its own, with this process's class path; it can be started again.
 *
 * <p>Not thread-safe.
 */
final class JavaProcess implements Program {
    private final String name;
    private final Path log;
    private final List<String> command;
    private ChildProcess process;

    private JavaProcess(String name, Path log, List<String> command) throws IOException {
        this.name = name;
        this.log = log;
        this.command = command;
        this.process = ChildProcess.start(name, log, Map.of(), command);
    }

    /**
     * Starts it; returns when the process exists, not when it serves.
     *
     * @param jvmOptions before the main class, for example {@code -Xmx256m}
     * @param mainClass by name, because the programs live in modules that know nothing of this one
     */
    static JavaProcess start(String name, Path log, List<String> jvmOptions, String mainClass, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(arguments);
        return new JavaProcess(name, log, List.copyOf(command));
    }

    ChildProcess process() {
        return process;
    }

    @Override
    public String log() {
        return log.toString();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void restart() throws IOException {
        process.close();
        process = ChildProcess.start(name, log, Map.of(), command);
    }

    @Override
    public void close() {
        process.close();
    }
}
