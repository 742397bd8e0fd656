# Flags for work on Burin itself: nothing here reaches a consumer.
add_library(burin_warnings INTERFACE)
if(BURIN_DEVELOPER_MODE)
  target_compile_options(burin_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror)
endif()
if(BURIN_SANITIZE)
  add_compile_options(-fsanitize=${BURIN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${BURIN_SANITIZE})
endif()
