// An HTTP/1.1 server on libmicrohttpd, one callback for each request and an answer from any thread.
//
// C because libmicrohttpd's functions are variadic and its callbacks run inside of its connections' life cycle, neither of
// which Swift can express. This header hides both: no type of libmicrohttpd reaches Swift.
#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A running server.
typedef struct http_server http_server;

// One request and its answer. It lives until http_exchange_release.
typedef struct http_exchange http_exchange;

// What a server may use. Times are in seconds.
typedef struct {
  unsigned connections;      // open at a time; further ones are closed
  unsigned threads;          // that read and write
  size_t header_bytes;       // memory of a connection for its request line and headers
  unsigned idle_seconds;     // without any byte
  unsigned request_seconds;  // from the request line to the end of the body
  unsigned answer_seconds;   // for reading an answer, besides one second for each 16 KiB
} http_limits;

// What a server tells its owner, on its own threads, which must not be kept waiting.
typedef struct {
  void *context;
  // The most bytes of a body that a request may have, once its headers were read.
  size_t (*body_limit)(void *context, const http_exchange *exchange);
  // A whole request was read. The owner answers it once, now or later, and then releases it.
  void (*request)(void *context, http_exchange *exchange);
  // The client of a request that was not answered yet, or not completely, is gone. Called at most once.
  void (*gone)(void *context, http_exchange *exchange);
} http_owner;

// Starts a server. Port 0 takes a free one.
//
// Returns NULL and writes why to `problem`.
http_server *http_server_start(
    const char *host, uint16_t port, http_limits limits, http_owner owner, char *problem, size_t problem_size);

// The port that it listens on.
uint16_t http_server_port(const http_server *server);

// The open connections.
unsigned http_server_connections(const http_server *server);

// Stops accepting connections; requests that were read go on.
void http_server_quiesce(http_server *server);

// Ends all connections and frees the server. All exchanges must have been released.
void http_server_stop(http_server *server);

// The request line's method, and its target as it was sent: path and query, still percent-encoded.
const char *http_exchange_method(const http_exchange *exchange);
const char *http_exchange_target(const http_exchange *exchange);

// Calls `visit` for each header field, in order.
void http_exchange_headers(
    const http_exchange *exchange, void *context, void (*visit)(void *context, const char *name, const char *value));

// The body.
const uint8_t *http_exchange_body(const http_exchange *exchange, size_t *count);

// The address of the client, without its port; "" if it is not known.
const char *http_exchange_client(const http_exchange *exchange);

// Answers. `fields` are `count` pairs of a name and a value. False if the client is gone.
bool http_exchange_answer(
    http_exchange *exchange, unsigned status, const char *const *fields, size_t count, const uint8_t *body,
    size_t body_count);

// Begins an answer whose body comes in parts. False if the client is gone.
bool http_exchange_begin(http_exchange *exchange, unsigned status, const char *const *fields, size_t count);

// Sends a part of the body. False if the client is gone.
bool http_exchange_send(http_exchange *exchange, const uint8_t *part, size_t count);

// Ends the body.
void http_exchange_end(http_exchange *exchange);

// Ends the owner's use of an exchange. One without an answer is answered by closing the connection.
void http_exchange_release(http_exchange *exchange);

#endif
