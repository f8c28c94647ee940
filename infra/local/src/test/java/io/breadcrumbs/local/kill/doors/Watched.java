package io.breadcrumbs.local.kill.doors;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What somebody has seen of one run, through however many streams. One thread. */
final class Watched {

    private final String id;
    private final List<String> events = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private long last;
    private boolean over;
    private int streams;

    Watched(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The id of the last event that was seen; 0 before the first. */
    long last() {
        return last;
    }

    boolean over() {
        return over;
    }

    /** How many streams it took. */
    int streams() {
        return streams;
    }

    /** Reads a stream until it ends or breaks. */
    void read(BufferedReader lines) throws IOException {
        streams++;
        long event = 0;
        String name = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                event = Long.parseLong(line.substring(4));
            } else if (line.startsWith("event: ")) {
                name = line.substring(7);
            } else if (line.isEmpty() && event > 0) { // what has no id says nothing of the run
                seen(event, name);
                event = 0;
            }
        }
    }

    private void seen(long event, String name) {
        if (event <= last) {
            faults.add(id + ": event " + event + " came after " + last);
        }
        if (over) {
            faults.add(id + ": " + name + " came after the end");
        }
        last = event;
        events.add(name);
        over = name.equals("workflow_complete") || name.equals("workflow_failed");
    }

    /** What is wrong with what was seen of a run of so many steps. */
    List<String> faults(int steps) {
        List<String> all = new ArrayList<>(faults);
        count(all, "step_start", steps);
        count(all, "step_complete", steps);
        count(all, "workflow_complete", 1);
        return all;
    }

    private void count(List<String> all, String name, int expected) {
        long came = events.stream().filter(name::equals).count();
        if (came != expected) {
            all.add(id + ": expected " + expected + " of " + name + ", got " + came + " in " + events);
        }
    }
}
