package io.vtsphere.gateway;

import io.vtsphere.keys.Keys;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How tablets are reached by TLS.
 *
 * @param ca {@code tablet-grpc-ca}: the authorities that tablets' certificates are checked against; null for the JDK's own
 * @param cert {@code tablet-grpc-cert}: this gate's certificate chain, PEM; null when tablets ask for none
 * @param key {@code tablet-grpc-key}: its private key, PKCS#8 PEM; null if and only if {@code cert} is
 * @param crl {@code tablet-grpc-crl}: certificates that the authorities have taken back, PEM; null for none
 * @param serverName {@code tablet-grpc-server-name}: the name in tablets' certificates when it is not their host name; null if it is
 */
public record Tls(
        @Nullable Path ca,
        @Nullable Path cert,
        @Nullable Path key,
        @Nullable Path crl,
        @Nullable String serverName) {
    public Tls {
        if ((cert == null) != (key == null)) {
            throw new IllegalArgumentException("tablet-grpc-cert and tablet-grpc-key must be set together");
        }
        if (crl != null && ca == null) {
            throw new IllegalArgumentException("tablet-grpc-crl (" + crl + ") needs tablet-grpc-ca");
        }
    }

    static @Nullable Tls of(Keys text) {
        Path ca = text.path("tablet-grpc-ca");
        Path cert = text.path("tablet-grpc-cert");
        Path key = text.path("tablet-grpc-key");
        Path crl = text.path("tablet-grpc-crl");
        String serverName = text.text("tablet-grpc-server-name");
        return ca == null && cert == null && key == null && crl == null && serverName == null
                ? null
                : new Tls(ca, cert, key, crl, serverName);
    }
}
