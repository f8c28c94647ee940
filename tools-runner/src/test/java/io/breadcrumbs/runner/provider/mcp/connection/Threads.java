package io.breadcrumbs.runner.provider.mcp.connection;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The threads of this process that belong to connections, virtual ones too. */
public final class Threads {

    private static final Pattern NAME = Pattern.compile("#\\d+ \"(mcp [^\"]*|HttpClient-[^\"]*)\"");

    private Threads() {}

    public static List<String> ofConnections() throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
            return NAME.matcher(Files.readString(dump))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }
}
