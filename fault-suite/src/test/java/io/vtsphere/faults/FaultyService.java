package io.vtsphere.faults;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.HandlerRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.vitess.proto.Query.ExecuteResponse;
import io.vitess.proto.Query.Row;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Passes every call on to a tablet, but answers Execute by itself when told to, or spoils the tablet's answer. Thread-safe. */
final class FaultyService implements AutoCloseable {
    private final ManagedChannel tablet;
    private final Server server;
    private final AtomicLong spoilt = new AtomicLong();
    private volatile @Nullable Status status;
    private volatile boolean breakRows;

    FaultyService(String host, int port) throws IOException {
        tablet = NettyChannelBuilder.forAddress(host, port).usePlaintext().build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .fallbackHandlerRegistry(new HandlerRegistry() {
                    @Override
                    public ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
                        return ServerMethodDefinition.create(method(name), handler());
                    }
                })
                .permitKeepAliveTime(1, TimeUnit.SECONDS)
                .build()
                .start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", server.getPort());
    }

    /** Execute fails so; null lets it through again. */
    void fail(@Nullable Status now) {
        status = now;
    }

    /** Rows say that their values are longer than they are. */
    void breakRows(boolean now) {
        breakRows = now;
    }

    /** How many answers were not the tablet's. */
    long spoilt() {
        return spoilt.get();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNKNOWN)
                .setFullMethodName(name)
                .setRequestMarshaller(new Bytes())
                .setResponseMarshaller(new Bytes())
                .build();
    }

    private ServerCallHandler<byte[], byte[]> handler() {
        return (call, headers) -> {
            String name = call.getMethodDescriptor().getFullMethodName();
            Status fault = name.endsWith("/Execute") ? status : null;
            if (fault != null) {
                spoilt.incrementAndGet();
                call.close(fault, new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return pass(call, headers, name.endsWith("/Execute") && breakRows);
        };
    }

    private ServerCall.Listener<byte[]> pass(ServerCall<byte[], byte[]> call, Metadata headers, boolean spoil) {
        ClientCall<byte[], byte[]> onward = tablet.newCall(call.getMethodDescriptor(), CallOptions.DEFAULT);
        onward.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onHeaders(Metadata answer) {
                        call.sendHeaders(answer);
                    }

                    @Override
                    public void onMessage(byte[] message) {
                        call.sendMessage(spoil ? broken(message) : message);
                        onward.request(1);
                    }

                    @Override
                    public void onClose(Status end, Metadata trailers) {
                        if (!call.isCancelled()) {
                            call.close(end, trailers);
                        }
                    }
                },
                new Metadata());
        onward.request(1);
        call.request(2);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(byte[] message) {
                onward.sendMessage(message);
            }

            @Override
            public void onHalfClose() {
                onward.halfClose();
            }

            @Override
            public void onCancel() {
                onward.cancel("the gate gave up", null);
            }
        };
    }

    private byte[] broken(byte[] message) {
        try {
            ExecuteResponse.Builder answer = ExecuteResponse.parseFrom(message).toBuilder();
            for (Row.Builder row : answer.getResultBuilder().getRowsBuilderList()) {
                spoilt.incrementAndGet();
                for (int i = 0; i < row.getLengthsCount(); i++) {
                    row.setLengths(i, row.getLengths(i) + 1_000);
                }
            }
            return answer.build().toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Messages as they are on the wire. */
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

    @Override
    public void close() {
        server.shutdownNow();
        tablet.shutdownNow();
    }
}
