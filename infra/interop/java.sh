# Sourced: finds the JDK and the compiled test programs of infra/local, and builds them when sources are newer.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
local_module=$root/infra/local
wanted_java=25
java_flags=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC)

java_at() { # JAVA_HOME -> whether it is new enough
  [ -x "$1/bin/java" ] && [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null)" -ge "$wanted_java" ] 2>/dev/null
}

prepare_java() { # sets java and test_classes
  local candidate on_path built=$local_module/target/test-classes/io/breadcrumbs/local/kill/EchoProcess.class
  java=
  on_path=$(command -v java || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
  for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$candidate" ] && java_at "$candidate"; then
      java=$candidate/bin/java
      break
    fi
  done
  [ -n "$java" ] || { echo "no JDK $wanted_java or newer found; set JAVA_HOME" >&2; exit 1; }
  if [ ! -e "$built" ] || [ ! -d "$local_module/target/lib" ] ||
    [ -n "$(find "$root"/{schemas,sdk,tools-runner,workflow-engine,breadcrumb-api,infra/local}/src -type f -newer "$built" -print -quit)" ]; then
    echo "building (about a minute the first time)..." >&2
    (cd "$root" && mvn -B -q package -Dquick -pl infra/local -am) >&2 || { echo "the build failed" >&2; exit 1; }
    [ ! -e "$built" ] || touch "$built"
  fi
  test_classes=$local_module/target/test-classes:$local_module/target/classes
  for candidate in "$local_module"/target/lib/*.jar; do test_classes=$test_classes:$candidate; done
}
