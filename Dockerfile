# syntax=docker/dockerfile:1
FROM rust:1.95-bookworm AS build
WORKDIR /src
COPY . .
# Into the image goes the program, the libraries that it names, and whose certificates to trust. No shell, nothing else.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked --bin samspill && scripts/image.sh target/release/samspill /image

FROM scratch
COPY --from=build /image /
USER 10001:10001
ENV SAMSPILL_BIND=0.0.0.0:8080
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["/samspill", "health"]
ENTRYPOINT ["/samspill"]
CMD ["serve"]
