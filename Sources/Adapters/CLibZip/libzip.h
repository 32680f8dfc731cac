// libzip as the system has it (Debian: libzip-dev).
#include <zip.h>
