/** Takes the unpacked bytes of one member, in pieces or at once. */
export interface MemberReader {
  push(bytes: Buffer): void
  end(): void
  whole(bytes: Buffer): void
}
