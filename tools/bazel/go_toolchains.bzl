"""Go toolchains (placeholder until the next commit)."""

def _impl(ctx):
    ctx.file("BUILD", "")

go_toolchains = repository_rule(implementation = _impl)
