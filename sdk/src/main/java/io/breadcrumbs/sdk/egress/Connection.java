package io.breadcrumbs.sdk.egress;

import io.breadcrumbs.sdk.tool.ToolFailure;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One connection, for one request and its response. It goes to an address; the host's name is what TLS checks the
 * certificate against, and what the request says in its Host header. Belongs to the thread that opened it.
 */
final class Connection implements Closeable {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Socket socket;

    private Connection(Socket socket) {
        this.socket = socket;
    }

    /** Connects to the first address that answers. */
    static Connection to(Destination destination, SSLSocketFactory tls, Ending ending) throws IOException {
        IOException failure = new IOException("no address");
        for (InetAddress address : destination.addresses()) {
            Socket plain = new Socket(Proxy.NO_PROXY);
            ending.blocksOn(plain);
            try {
                plain.setTcpNoDelay(true);
                plain.connect(new InetSocketAddress(address, destination.port()));
                return new Connection(destination.secure() ? secured(plain, destination, tls) : plain);
            } catch (IOException e) {
                plain.close();
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket secured(Socket plain, Destination destination, SSLSocketFactory tls) throws IOException {
        String host = destination.host();
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, host, destination.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    WebResponse exchange(WebRequest request, Destination destination, long bodyBytes) throws IOException, ToolFailure {
        write(request, destination);
        ResponseReader reader = new ResponseReader(new BufferedInputStream(socket.getInputStream()), bodyBytes);
        return reader.read(destination.host(), request.method().equals("HEAD"));
    }

    private void write(WebRequest request, Destination destination) throws IOException {
        String text = request.body();
        byte[] body = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>(request.headers());
        headers.putIfAbsent("user-agent", "breadcrumbs");
        headers.putIfAbsent("accept", "application/json, */*;q=0.5");
        headers.put("accept-encoding", "identity");
        headers.put("connection", "close");
        if (text != null || WITH_BODY.contains(request.method())) {
            headers.put("content-length", String.valueOf(body.length));
        }
        StringBuilder head = new StringBuilder();
        head.append(request.method())
                .append(' ')
                .append(path(destination.uri()))
                .append(" HTTP/1.1\r\n");
        head.append("host: ").append(authority(destination)).append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("\r\n");
        OutputStream out = socket.getOutputStream();
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private static String path(URI uri) {
        URI ascii = URI.create(uri.toASCIIString());
        String path = ascii.getRawPath();
        String query = ascii.getRawQuery();
        return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
    }

    private static String authority(Destination destination) {
        int usual = destination.secure() ? 443 : 80;
        return destination.host() + (destination.port() == usual ? "" : ":" + destination.port());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
