package io.breadcrumbs.runner.trigger;

import io.breadcrumbs.runner.catalogue.Entry;
import io.breadcrumbs.runner.catalogue.Toolbox;
import io.breadcrumbs.schemas.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The triggers of the newest version of each tool. A faulty trigger is said once and asks for nothing. Any thread. */
final class Bindings {

    private static final Logger LOG = LoggerFactory.getLogger(Bindings.class);

    private final Toolbox toolbox;
    private final Map<String, Read> byTool = new ConcurrentHashMap<>();

    /** What stood in one definition. */
    private record Read(Entry tool, List<Bound> triggers) {}

    Bindings(Toolbox toolbox) {
        this.toolbox = toolbox;
    }

    /** Those of the tools of a pool that are switched on. */
    List<Bound> of(String pool) {
        Set<String> seen = new HashSet<>();
        return toolbox.all()
                .map(entry -> entry.definition().getName())
                .filter(seen::add)
                .flatMap(name -> Stream.ofNullable(toolbox.find(name, null)))
                .filter(entry -> entry.definition().getEnabled()
                        && entry.definition().getPool().equals(pool)
                        && !entry.definition().getTriggers().isEmpty())
                .flatMap(entry -> read(entry).triggers().stream())
                .toList();
    }

    private Read read(Entry tool) {
        return byTool.compute(tool.definition().getName(), (_, known) -> {
            boolean current = known != null && known.tool().position().equals(tool.position());
            return current ? known : new Read(tool, parse(tool));
        });
    }

    private static List<Bound> parse(Entry tool) {
        List<Bound> sound = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Trigger said : tool.definition().getTriggers()) {
            try {
                if (!names.add(said.getName())) {
                    throw new IllegalArgumentException("name: there is another trigger of this name");
                }
                sound.add(Bound.of(tool, said));
            } catch (IllegalArgumentException e) {
                LOG.atWarn()
                        .addKeyValue("event", "trigger-refused")
                        .log(
                                "tool '{}', trigger '{}' is refused: {}",
                                tool.definition().getName(),
                                said.getName(),
                                e.getMessage());
            }
        }
        return List.copyOf(sound);
    }
}
