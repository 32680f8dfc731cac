// expat as the system has it (Debian: libexpat1-dev).
#include <expat.h>
