package io.vtsphere.executor;

import io.vtsphere.gateway.Reply;
import io.vtsphere.vterrors.VtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Several reads at the same time, and what each of them brought. Used once; confined to the session's event loop. */
final class ReadTogether {
    private final @Nullable Answer[] answers;
    private final Reply<List<Answer>> reply;
    private int open;

    /** Exactly one of the two is there. */
    record Answer(
            @Nullable List<Scatter.Outcome> found, @Nullable VtException error) {
        /** @throws VtException when the read as a whole failed */
        List<Scatter.Outcome> outcomes() {
            if (found == null) {
                throw error == null ? new IllegalStateException("neither rows nor an error") : error;
            }
            return found;
        }
    }

    private ReadTogether(int reads, Reply<List<Answer>> reply) {
        this.answers = new Answer[reads];
        this.reply = reply;
        this.open = reads;
    }

    /** Starts all; the reply comes when the last has ended, and never fails. */
    static void start(
            List<ShardRead> reads,
            BiConsumer<ShardRead, Reply<List<Scatter.Outcome>>> start,
            Reply<List<Answer>> reply) {
        ReadTogether together = new ReadTogether(reads.size(), reply);
        for (int i = 0; i < reads.size(); i++) {
            int index = i;
            start.accept(reads.get(i), new Reply<>() {
                @Override
                public void success(List<Scatter.Outcome> value) {
                    together.ended(index, new Answer(value, null));
                }

                @Override
                public void failure(VtException error) {
                    together.ended(index, new Answer(null, error));
                }
            });
        }
    }

    private void ended(int index, Answer answer) {
        answers[index] = answer;
        if (--open == 0) {
            reply.success(new ArrayList<>(Arrays.asList(answers)));
        }
    }
}
