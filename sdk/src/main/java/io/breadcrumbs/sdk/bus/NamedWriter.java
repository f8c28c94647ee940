package io.breadcrumbs.sdk.bus;

import io.breadcrumbs.sdk.BusException;
import io.breadcrumbs.sdk.Draft;
import io.breadcrumbs.sdk.ErrorCode;
import io.breadcrumbs.sdk.Writer;
import io.breadcrumbs.sdk.log.LogRecord;
import io.breadcrumbs.sdk.log.Position;
import io.breadcrumbs.sdk.log.SetWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Encodes sets of drafts for the log's writer of a name. Any thread. */
final class NamedWriter implements Writer {

    private final String name;
    private final Publisher publisher;
    private final SetWriter log;

    NamedWriter(String name, Publisher publisher, SetWriter log) {
        this.name = name;
        this.publisher = publisher;
        this.log = log;
    }

    @Override
    public CompletableFuture<Void> open() {
        return log.open();
    }

    @Override
    public CompletableFuture<List<Position>> write(List<Draft<?>> set) {
        List<CompletableFuture<LogRecord>> records =
                set.stream().map(publisher::record).toList();
        return CompletableFuture.allOf(records.toArray(CompletableFuture[]::new))
                .thenCompose(_ ->
                        log.write(records.stream().map(CompletableFuture::join).toList()))
                .thenApply(this::positions);
    }

    private List<Position> positions(SetWriter.Written written) {
        return switch (written) {
            case SetWriter.Written.Whole whole -> whole.positions();
            case SetWriter.Written.Fenced fenced ->
                throw new BusException(
                        ErrorCode.FENCED, "another writer has taken the name " + name + ": " + fenced.detail());
            case SetWriter.Written.Unknown unknown ->
                throw new BusException(
                        ErrorCode.UNKNOWN,
                        "a set of the writer " + name + " failed, the log may have it: " + unknown.detail());
        };
    }

    @Override
    public void close() {
        log.close();
    }
}
