package io.vtsphere.gateway;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Name and password that go with every call to a tablet. Stateless. Source: Vitess' {@code go/vt/grpcclient/client_auth_static.go}. */
final class StaticCredentials {
    private static final Metadata.Key<String> USERNAME = Metadata.Key.of("username", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> PASSWORD = Metadata.Key.of("password", Metadata.ASCII_STRING_MARSHALLER);

    private StaticCredentials() {}

    /**
     * Sends what the file says: {@code {"Username": ..., "Password": ...}}.
     *
     * @throws IllegalArgumentException naming the key when the file cannot be read or says something else
     */
    static ClientInterceptor read(Path file) {
        JsonObject json;
        try {
            json = new Gson().fromJson(Files.readString(file), JsonObject.class);
        } catch (IOException | JsonParseException e) {
            throw new IllegalArgumentException("grpc-auth-static-client-creds (" + file + ") cannot be read: " + e, e);
        }
        if (json == null || !json.has("Username") || !json.has("Password")) {
            throw new IllegalArgumentException(
                    "grpc-auth-static-client-creds (" + file + ") must have Username and Password");
        }
        Metadata headers = new Metadata();
        headers.put(USERNAME, json.get("Username").getAsString());
        headers.put(PASSWORD, json.get("Password").getAsString());
        return MetadataUtils.newAttachHeadersInterceptor(headers);
    }
}
