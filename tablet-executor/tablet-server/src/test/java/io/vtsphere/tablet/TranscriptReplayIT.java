package io.vtsphere.tablet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.vitess.proto.Query.QueryResult;
import io.vitess.proto.grpc.QueryGrpc;
import io.vtsphere.testkit.MySqlProcess;
import io.vtsphere.topo.TabletType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the calls that were recorded at a real vttablet to ours, over the same MySQL version and rows, and compares every message and status.
 *
 * <p>Ids, clock times and elapsed times are the only parts that may differ; ids must be used consistently.
 */
class TranscriptReplayIT {
    /** Calls whose RPC this tablet does not have: it answers UNIMPLEMENTED, as gRPC does for any unknown one. */
    private static final Map<Integer, String> NOT_OFFERED = Map.of(
            107, "two-phase commit: ReadTransaction",
            108, "two-phase commit: UnresolvedTransactions",
            109, "message tables: MessageAck");

    @TempDir
    static Path directory;

    private static MySqlProcess mysql;
    private static TabletServer tablet;
    private static ManagedChannel channel;

    private final Map<Long, Long> ids = new HashMap<>();

    @BeforeAll
    static void start() throws Exception {
        mysql = MySqlProcess.start(MySqlProcess.Options.in(directory));
        JsonObject setUp = resource("customer-80.json").getAsJsonObject();
        String database = setUp.get("database").getAsString();
        mysql.execute("", "create database " + database);
        mysql.execute(database, texts(setUp.getAsJsonArray("tables_ddl")));
        mysql.execute(database, texts(setUp.getAsJsonArray("rows")));
        tablet = TestTablets.serving(TestTablets.config(mysql.port(), TabletType.PRIMARY, Duration.ofSeconds(30)));
        channel = NettyChannelBuilder.forAddress("127.0.0.1", tablet.grpcPort())
                .usePlaintext()
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        tablet.close();
        mysql.close();
    }

    @TestFactory
    List<DynamicTest> everyRecordedCall() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonElement call :
                resource("tablet-grpc-transcript.json").getAsJsonObject().getAsJsonArray("calls")) {
            JsonObject recorded = call.getAsJsonObject();
            String name =
                    recorded.get("n").getAsInt() + " " + recorded.get("name").getAsString();
            tests.add(DynamicTest.dynamicTest(name, () -> replay(recorded)));
        }
        return tests;
    }

    private void replay(JsonObject recorded) throws Exception {
        String why = NOT_OFFERED.get(recorded.get("n").getAsInt());
        if (why != null) {
            assertUnimplemented(why, recorded);
            return;
        }
        MethodDescriptor<Message, Message> method = method(recorded.get("rpc").getAsString());
        Message request = withIds(parse(method.getRequestMarshaller(), recorded.get("request_base64")));
        List<Message> expected = expectedResponses(recorded, method);
        List<Message> actual = new ArrayList<>();
        int code = 0;
        String text = "";
        try {
            if (method.getType() == MethodDescriptor.MethodType.UNARY) {
                actual.add(ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request));
            } else {
                boolean first = recorded.has("cancelled_by_client");
                Iterator<Message> stream =
                        ClientCalls.blockingServerStreamingCall(channel, method, CallOptions.DEFAULT, request);
                while (stream.hasNext() && !(first && actual.size() == expected.size())) {
                    actual.add(stream.next());
                }
            }
        } catch (StatusRuntimeException e) {
            code = e.getStatus().getCode().value();
            text = String.valueOf(e.getStatus().getDescription());
        }
        JsonObject status = recorded.getAsJsonObject("status");
        String message = status.has("message") ? status.get("message").getAsString() : "";
        if (!recorded.has("cancelled_by_client")) {
            assertThat(withoutTimes(text)).isEqualTo(withoutTimes(renamed(message)));
            assertThat(code).as("gRPC code").isEqualTo(status.get("code").getAsInt());
        }
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            learnIds(expected.get(i), actual.get(i));
            assertThat(withoutTerm(withoutGtid(actual.get(i)))).isEqualTo(withoutTerm(withIds(expected.get(i))));
        }
    }

    private static void assertUnimplemented(String why, JsonObject recorded) {
        MethodDescriptor<byte[], byte[]> method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(recorded.get("rpc").getAsString())
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
        byte[] request =
                Base64.getDecoder().decode(recorded.get("request_base64").getAsString());
        assertThatThrownBy(() -> ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request))
                .as(why)
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static List<Message> expectedResponses(JsonObject recorded, MethodDescriptor<Message, Message> method)
            throws Exception {
        List<Message> messages = new ArrayList<>();
        if (recorded.has("response") && !recorded.get("response").isJsonNull()) {
            messages.add(parse(
                    method.getResponseMarshaller(),
                    recorded.getAsJsonObject("response").get("base64")));
        }
        if (recorded.has("responses")) {
            for (JsonElement response : recorded.getAsJsonArray("responses")) {
                messages.add(parse(
                        method.getResponseMarshaller(),
                        response.getAsJsonObject().get("base64")));
            }
        }
        return messages;
    }

    private void learnIds(Message expected, Message actual) {
        for (String name : List.of("transaction_id", "reserved_id")) {
            FieldDescriptor field = expected.getDescriptorForType().findFieldByName(name);
            if (field != null && (long) expected.getField(field) != 0) {
                assertThat((long) actual.getField(field)).as(name).isNotZero();
                ids.putIfAbsent((long) expected.getField(field), (long) actual.getField(field));
            }
        }
    }

    private Message withIds(Message message) {
        Message.Builder builder = message.toBuilder();
        for (String name : List.of("transaction_id", "reserved_id")) {
            FieldDescriptor field = message.getDescriptorForType().findFieldByName(name);
            if (field != null) {
                long recorded = (long) message.getField(field);
                builder.setField(field, ids.getOrDefault(recorded, recorded));
            }
        }
        return builder.build();
    }

    /** vttablet names the GTID of a commit only where MySQL's own configuration has it tracked, and the recorded one had not. */
    private static Message withoutGtid(Message message) {
        FieldDescriptor field = message.getDescriptorForType().findFieldByName("result");
        if (field == null || !(message.getField(field) instanceof QueryResult result)) {
            return message;
        }
        QueryResult plain = result.toBuilder().clearSessionStateChanges().build();
        return message.hasField(field)
                ? message.toBuilder().setField(field, plain).build()
                : message;
    }

    private static Message withoutTerm(Message message) {
        FieldDescriptor term = message.getDescriptorForType().findFieldByName("primary_term_start_timestamp");
        if (term == null) {
            return message;
        }
        assertThat((long) message.getField(term)).as("primary term").isPositive();
        return message.toBuilder().clearField(term).build();
    }

    private String renamed(String text) {
        String result = text;
        for (Map.Entry<Long, Long> id : ids.entrySet()) {
            result = result.replace(id.getKey().toString(), id.getValue().toString());
        }
        return result;
    }

    private static String withoutTimes(String text) {
        return text.replaceAll("ended at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3} UTC", "ended at TIME UTC")
                .replaceAll(
                        "elapsed time: [0-9.]+(m?s|µs), killing query ID \\d+", "elapsed time: T, killing query ID N");
    }

    @SuppressWarnings("unchecked")
    private static MethodDescriptor<Message, Message> method(String rpc) {
        return QueryGrpc.getServiceDescriptor().getMethods().stream()
                .filter(m -> m.getFullMethodName().equals(rpc))
                .map(m -> (MethodDescriptor<Message, Message>) m)
                .findFirst()
                .orElseThrow();
    }

    private static Message parse(MethodDescriptor.Marshaller<Message> marshaller, JsonElement base64) throws Exception {
        Message prototype = (Message) ((PrototypeMarshaller<Message>) marshaller).getMessagePrototype();
        return prototype.getParserForType().parseFrom(Base64.getDecoder().decode(base64.getAsString()));
    }

    private static JsonElement resource(String name) throws IOException {
        try (InputStreamReader in =
                new InputStreamReader(TranscriptReplayIT.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
            return JsonParser.parseReader(in);
        }
    }

    private static String[] texts(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).toArray(String[]::new);
    }
}
