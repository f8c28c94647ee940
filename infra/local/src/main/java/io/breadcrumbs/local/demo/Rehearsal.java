package io.breadcrumbs.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * What a platform usually does, done so often that the compiler knows it: what is written down of it makes later starts
 * quick. Commands, runs over the bus, runs and breadcrumbs over HTTP.
 */
public final class Rehearsal {

    private static final int RUNS = 1_000;
    private static final int REQUESTS = 400;
    private static final String THREE = """
            {"steps": [{"id": "a", "tool": "echo", "input": {"message": "a"}},
              {"id": "b", "tool": "echo", "input": {"message": "b"}},
              {"id": "c", "tool": "echo", "input": {"message": "{a.output.echo}{b.output.echo}"}}]}""";
    private static final String NOTE = """
            {"schema_name": "note.v1", "title": "Rehearsal", "tags": ["rehearsal"], "context": {"number": 1}}""";
    private static final String SEARCH = """
            {"selector": {"all_tags": ["rehearsal"], "context_match": [{"path": "number", "op": "gte", "value": 0}]},
             "text": "rehearsal", "limit": 20}""";

    private final String url;
    private final Commands commands;

    /** A command line that is carried out. */
    @FunctionalInterface
    public interface Commands {
        /**
         * Carries it out.
         *
         * @param input what it reads
         */
        void run(String input, String... line);
    }

    /**
     * Rehearses with a platform.
     *
     * @param url its door
     */
    public Rehearsal(String url, Commands commands) {
        this.url = url;
        this.commands = commands;
    }

    /**
     * Does it all once; returns when that is over.
     *
     * @param tools whether there is somebody who executes them
     */
    public void run(boolean tools) throws IOException, InterruptedException {
        String at = "--url=" + url;
        commands.run("", "topics", at);
        if (tools) {
            commands.run("", "call", at, "echo", "{\"message\": \"rehearsal\"}");
            commands.run("", "demo", at, "--runs=" + RUNS);
            door();
        }
        commands.run("{\"topic\": \"tool.cancel.v1\", \"key\": \"none\", \"value\": {}}", "publish", at, "-");
        commands.run("", "tail", at, "tool.cancel.v1", "--from=beginning", "--no-follow");
    }

    private void door() throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < REQUESTS; i++) {
                String run = "rehearsal-" + i;
                post(client, "/api/invoke/async", "{\"threadId\": \"" + run + "\", \"workflow\": " + THREE + "}");
                get(client, "/api/invoke/stream/" + run);
                get(client, "/api/invoke-status/status/" + run);
                post(client, "/breadcrumbs", NOTE);
                get(client, "/breadcrumbs?tag=rehearsal&limit=20");
                post(client, "/breadcrumbs/search", SEARCH);
            }
        }
    }

    private void post(HttpClient client, String path, String body) throws IOException, InterruptedException {
        send(
                client,
                HttpRequest.newBuilder(URI.create(url + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private void get(HttpClient client, String path) throws IOException, InterruptedException {
        send(client, HttpRequest.newBuilder(URI.create(url + path)));
    }

    private static void send(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(answer.uri() + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }
}
