package io.breadcrumbs.api.events;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Somebody who watches a stream, and takes no more frames than it is told to. One thread. */
final class Onlooker implements Subscriber<byte[]> {

    private static final Pattern LINE = Pattern.compile("(?m)^(id|event|data|retry): (.*)$");

    private final long atFirst;
    private final List<Seen> seen = new ArrayList<>();
    private @Nullable Subscription subscription;
    private @Nullable String lastId;
    private @Nullable String comesBackAfterMs;
    private boolean over;

    /** An event as it came over the wire. */
    record Seen(String name, String data) {}

    /** @param atFirst how many frames it takes unasked */
    Onlooker(long atFirst) {
        this.atFirst = atFirst;
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (atFirst > 0) {
            given.request(atFirst);
        }
    }

    @Override
    public void onNext(byte[] frame) {
        String name = null;
        Matcher line = LINE.matcher(new String(frame, StandardCharsets.UTF_8));
        while (line.find()) {
            switch (line.group(1)) {
                case "id" -> lastId = line.group(2);
                case "event" -> name = line.group(2);
                case "retry" -> comesBackAfterMs = line.group(2);
                default -> {
                    if (name != null && !name.equals("connected")) {
                        seen.add(new Seen(name, line.group(2)));
                    }
                }
            }
        }
    }

    @Override
    public void onError(Throwable failure) {
        throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {
        over = true;
    }

    void leave() {
        if (subscription == null) {
            throw new AssertionError("expected a stream, got none");
        }
        subscription.cancel();
    }

    /** What it says when it comes back. */
    String lastId() {
        if (lastId == null) {
            throw new AssertionError("expected an id, got none in " + seen);
        }
        return lastId;
    }

    @Nullable
    String comesBackAfterMs() {
        return comesBackAfterMs;
    }

    boolean over() {
        return over;
    }

    List<Seen> seen() {
        return seen;
    }

    List<String> names() {
        return seen.stream().map(Seen::name).toList();
    }
}
