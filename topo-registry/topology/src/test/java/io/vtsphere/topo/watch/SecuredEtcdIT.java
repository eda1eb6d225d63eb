package io.vtsphere.topo.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vitess.proto.Topodata;
import io.vtsphere.testkit.EtcdProcess;
import io.vtsphere.testkit.Ports;
import io.vtsphere.topo.connection.EtcdConfig;
import io.vtsphere.topo.connection.EtcdConfig.Credentials;
import io.vtsphere.topo.connection.EtcdConfig.Tls;
import io.vtsphere.topo.connection.EtcdTopo;
import io.vtsphere.topo.connection.TopoConnection;
import io.vtsphere.topo.connection.TopoException;
import io.vtsphere.topo.server.Recording;
import io.vtsphere.topo.server.TopoServer;
import io.vtsphere.vindex.VindexRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An etcd that asks for certificates, and one that asks for a password. */
class SecuredEtcdIT {
    private static final String PASSWORD = "secret";

    @TempDir
    private Path directory;

    private EtcdProcess etcd;

    @AfterEach
    void stop() {
        etcd.close();
    }

    @Test
    void mutualTls_works_withoutCertificateOrTrust_isRefused() throws Exception {
        Path certificate = directory.resolve("cert.pem");
        Path key = directory.resolve("key.pem");
        writeCertificate(certificate, key);
        int port = Ports.free();
        String url = "https://127.0.0.1:" + port;
        etcd = EtcdProcess.start(
                directory.resolve("etcd"),
                port,
                Ports.free(),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--client-cert-auth",
                "--trusted-ca-file=" + certificate);
        try (EtcdTopo topo = new EtcdTopo(EtcdConfig.defaults().withTls(new Tls(certificate, certificate, key)))) {
            TopoConnection connection = topo.connect("127.0.0.1:" + port, "/vitess/global");
            await().ignoreExceptions().until(() -> connection.put("f", ByteString.copyFromUtf8("x")) > 0);
            assertThat(connection.get("f").contents().toStringUtf8()).isEqualTo("x");
        }
        assertRefused(EtcdConfig.defaults().withTls(new Tls(certificate, null, null)), port);
        assertRefused(EtcdConfig.defaults().withTls(new Tls(null, certificate, key)), port);
    }

    private static void assertRefused(EtcdConfig config, int port) {
        EtcdConfig impatient = new EtcdConfig(
                Duration.ofSeconds(3), Duration.ofSeconds(3), config.leaseTtl(), config.tls(), config.credentials());
        try (EtcdTopo topo = new EtcdTopo(impatient)) {
            assertThatThrownBy(() ->
                            topo.connect("127.0.0.1:" + port, "/vitess/global").get("f"))
                    .isInstanceOf(TopoException.class);
        }
    }

    @Test
    void tlsKeyWithoutCertificate_isAContradiction() throws Exception {
        etcd = EtcdProcess.start(directory.resolve("etcd"));
        assertThatThrownBy(() -> new Tls(null, null, directory.resolve("key.pem")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topo-etcd-tls-cert");
    }

    @Test
    void password_rightOneWorksAlsoAfterARestart_wrongOneIsNamed() throws Exception {
        etcd = EtcdProcess.start(directory.resolve("etcd"));
        try (EtcdTopo open = new EtcdTopo(EtcdConfig.defaults())) {
            Recording.load("etcd-commerce-customer.json").copyTo(open.connect(etcd.address(), "/"));
            open.connect(etcd.address(), Recording.GLOBAL_ROOT)
                    .put(
                            "cells/zone1/CellInfo",
                            Topodata.CellInfo.newBuilder()
                                    .setServerAddress(etcd.address())
                                    .setRoot("/vitess/zone1")
                                    .build()
                                    .toByteString());
        }
        enableAuthentication();
        TopologyConfig config = TopologyConfig.of("zone1", List.of("zone1"));

        try (EtcdTopo wrong = new EtcdTopo(EtcdConfig.defaults().withCredentials(new Credentials("root", "guess")));
                TopoServer server = TopoServer.open(wrong, etcd.address(), Recording.GLOBAL_ROOT)) {
            assertThatThrownBy(() -> TopologyWatcher.open(
                            config.withStart(StartPolicy.FAIL, null, Duration.ofSeconds(4)),
                            server,
                            VindexRegistry.load(),
                            new SimpleMeterRegistry()))
                    .hasMessageContaining("authentication failed");
        }

        EtcdConfig credentials = EtcdConfig.defaults().withCredentials(new Credentials("root", PASSWORD));
        try (EtcdTopo right = new EtcdTopo(credentials);
                TopoServer server = TopoServer.open(right, etcd.address(), Recording.GLOBAL_ROOT);
                TopologyWatcher watcher =
                        TopologyWatcher.open(config, server, VindexRegistry.load(), new SimpleMeterRegistry())) {
            assertThat(watcher.current().tablets()).hasSize(3);
            etcd.process().kill();
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(watcher.status().troubles()).isNotEmpty());
            etcd.restart();
            server.cells().connection("zone1").delete("keyspaces/commerce/SrvKeyspace");
            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(() ->
                            assertThat(watcher.current().servedKeyspaces()).containsExactly("customer"));
        }
    }

    private void enableAuthentication() throws Exception {
        try (Client client = Client.builder().endpoints(etcd.endpoint()).build()) {
            ByteSequence root = ByteSequence.from("root", StandardCharsets.UTF_8);
            client.getAuthClient()
                    .userAdd(root, ByteSequence.from(PASSWORD, StandardCharsets.UTF_8))
                    .get();
            client.getAuthClient().roleAdd(root).get();
            client.getAuthClient().userGrantRole(root, root).get();
            client.getAuthClient().authEnable().get();
        }
    }

    /** A certificate for 127.0.0.1 that is its own authority, made by the JDK's keytool. */
    private void writeCertificate(Path certificate, Path key) throws Exception {
        Path store = directory.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "etcd",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-validity",
                        "2",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-ext",
                        "bc:c",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        writePem(certificate, "CERTIFICATE", keys.getCertificate("etcd").getEncoded());
        writePem(key, "PRIVATE KEY", keys.getKey("etcd", PASSWORD.toCharArray()).getEncoded());
    }

    private static void writePem(Path file, String kind, byte[] bytes) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }
}
