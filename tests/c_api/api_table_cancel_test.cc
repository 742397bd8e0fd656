// A table that is waited for: the options' callback is asked when a signal comes.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>

#include "burin/table.h"

namespace burin {
namespace {

extern "C" int32_t Asked(void* user) {
  auto* const asked = static_cast<std::atomic<int>*>(user);
  return ++*asked < 3 ? 0 : 1;
}

TEST(TableCancel, EndsTheWaitForAPipe) {
  struct sigaction action = {}, before = {};
  action.sa_handler = [](int) {};
  ASSERT_EQ(sigaction(SIGUSR1, &action, &before), 0);
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  ASSERT_EQ(::write(pipe[1], "serial\nA1\n", 10), 10);
  std::atomic<int> asked = 0;
  burin_table_options options = BURIN_TABLE_OPTIONS_INIT;
  options.cancel = Asked;
  options.cancel_user = &asked;
  burin_table* table = nullptr;
  const std::string path = "/proc/self/fd/" + std::to_string(pipe[0]);
  ASSERT_EQ(burin_table_open(path.c_str(), &options, &table, nullptr), BURIN_OK);
  std::atomic<bool> ended = false;
  burin_status status = BURIN_OK;
  std::thread reader([&] {
    uint32_t state = BURIN_ROW_GOOD;
    while (status == BURIN_OK && state != BURIN_ROW_END) status = burin_table_next(table, &state, nullptr);
    ended = true;
  });
  while (!ended) {
    pthread_kill(reader.native_handle(), SIGUSR1);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  reader.join();
  EXPECT_EQ(status, BURIN_CANCELLED);
  EXPECT_EQ(asked, 3);
  burin_table_destroy(table);
  ::close(pipe[0]);
  ::close(pipe[1]);
  sigaction(SIGUSR1, &before, nullptr);
}

// A FIFO that nobody writes to is waited for in the call that opens it.
TEST(TableCancel, EndsTheOpeningOfAFifo) {
  struct sigaction action = {}, before = {};
  action.sa_handler = [](int) {};
  ASSERT_EQ(sigaction(SIGUSR1, &action, &before), 0);
  const std::string path = testing::TempDir() + "/cancel_test_" + std::to_string(::getpid());
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  std::atomic<int> asked = 0;
  burin_table_options options = BURIN_TABLE_OPTIONS_INIT;
  options.cancel = Asked;
  options.cancel_user = &asked;
  std::atomic<bool> ended = false;
  burin_status status = BURIN_OK;
  burin_table* table = nullptr;
  std::thread opener([&] {
    status = burin_table_open(path.c_str(), &options, &table, nullptr);
    ended = true;
  });
  while (!ended) {
    pthread_kill(opener.native_handle(), SIGUSR1);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  opener.join();
  EXPECT_EQ(status, BURIN_CANCELLED);
  EXPECT_EQ(table, nullptr);
  EXPECT_EQ(asked, 3);
  ::unlink(path.c_str());
  sigaction(SIGUSR1, &before, nullptr);
}

}  // namespace
}  // namespace burin
